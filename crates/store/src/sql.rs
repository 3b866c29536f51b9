//! Every statement, once, for both engines: `$n` placeholders, no `now()`, no engine's own functions.
//!
//! A test prepares all of them on both with the parameter types declared here, and fails when SQL stands elsewhere.

/// What a parameter is, as it is declared to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum P {
    Uuid,
    Int,
    Text,
    Bytes,
}

#[derive(Debug, Clone, Copy)]
pub struct Statement {
    pub name: &'static str,
    pub sql: &'static str,
    pub params: &'static [P],
    /// The one engine it is for, where two texts are needed (row locks, full text, catalogues).
    pub only: Option<Engine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A statement of variable length: the text for `n` rows, and the parameters of one row.
#[derive(Clone, Copy)]
pub struct Builder {
    pub name: &'static str,
    pub build: fn(usize) -> String,
    pub row: &'static [P],
}

macro_rules! statements {
    ($( $(#[$doc:meta])* $name:ident $(@$only:ident)? [$($p:ident),*] = $sql:expr; )*) => {
        $( $(#[$doc])* pub const $name: &str = $sql; )*
        pub const ALL: &[Statement] = &[
            $( Statement { name: stringify!($name), sql: $sql, params: &[$(P::$p),*], only: statements!(@only $($only)?) }, )*
        ];
    };
    (@only) => { None };
    (@only $only:ident) => { Some(Engine::$only) };
}

/// Entries of a chat ($1). Who did it is the member's number, and the one externals know him by: `Member::public_n`.
macro_rules! entries {
    ($which:literal) => {
        concat!(
            "SELECT e.seq, e.public_seq, e.at, e.who, CASE WHEN m.role = 'external' THEN 1 ELSE m.shown + 1 END AS public_who, \
             e.actor_id, e.cid, e.kind, e.text, e.reason, e.subject, e.subject_id, e.of_seq, e.of_public_seq, e.redacted_at, \
             f.hash AS file_hash, f.type AS file_type, f.size AS file_size, f.width, f.height \
             FROM entry e LEFT JOIN chat_member m ON m.chat_id = e.chat_id AND m.n = e.who \
             LEFT JOIN entry_file f ON f.chat_id = e.chat_id AND f.seq = e.seq WHERE e.chat_id = $1 AND ",
            $which
        )
    };
}

/// What is read of an effect.
macro_rules! effect {
    () => {
        "id, chat_id, seq, ticket_id, n, payload, state, said, created_at, tries, doubts FROM outbox"
    };
}

/// What a list shows of tickets.
macro_rules! ticket_columns {
    () => {
        "t.id, t.number, t.title, t.queue_id, t.state, t.pending_until, t.priority, t.locked, t.owner_id, o.name AS owner, \
         t.responsible_id, r.name AS responsible, t.customer_id, coalesce(p.name, t.customer_name) AS customer_name, \
         coalesce(p.email, t.customer_email) AS customer_email, t.company_id, c.name AS company, t.created_at, t.changed_at, t.version, t.type, t.doc"
    };
}

/// Whom it names.
macro_rules! ticket_people {
    () => {
        " LEFT JOIN person p ON p.id = t.customer_id LEFT JOIN person o ON o.id = t.owner_id \
         LEFT JOIN person r ON r.id = t.responsible_id LEFT JOIN company c ON c.id = t.company_id"
    };
}

/// Articles, and whether an agent wrote them.
macro_rules! articles {
    ($which:literal) => {
        concat!(
            "SELECT a.n, a.at, a.channel, a.sender, a.visible, a.author, CAST(CASE WHEN p.kind = 'agent' THEN 1 ELSE 0 END AS BIGINT) AS by_agent, \
             a.recipient, a.subject, a.body, a.chat_id FROM article a LEFT JOIN person p ON p.id = a.author_id WHERE ",
            $which
        )
    };
}

macro_rules! tickets {
    ($which:literal) => {
        concat!(
            "SELECT ",
            ticket_columns!(),
            " FROM ticket t",
            ticket_people!(),
            " WHERE ",
            $which
        )
    };
}

/// Tickets by their documents, which are searched in `f`.
macro_rules! tickets_found {
    ($which:literal) => {
        concat!(
            "SELECT f.doc AS found, ",
            ticket_columns!(),
            " FROM ticket_part f JOIN ticket t ON t.id = f.ticket_id",
            ticket_people!(),
            " WHERE ",
            $which,
            " ORDER BY f.doc DESC"
        )
    };
}

/// Agents who may read the tickets of a group's queues.
macro_rules! readers {
    ($which:literal) => {
        concat!(
            "SELECT p.id, p.name FROM person p WHERE p.kind = 'agent' AND p.valid = 1 AND (\
             EXISTS (SELECT 1 FROM agent_grant g WHERE g.person_id = p.id AND g.group_id = $1 AND g.permission_key IN ('ro', 'rw')) \
             OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id \
             WHERE m.person_id = p.id AND r.group_id = $1 AND r.permission_key IN ('ro', 'rw')))",
            $which
        )
    };
}

/// How many valid agents hold `rw` on the group `admin`, directly or by a role.
macro_rules! administrators {
    ($which:literal) => {
        concat!(
            "SELECT count(*) FROM person p WHERE p.kind = 'agent' AND p.valid = 1 AND (\
             EXISTS (SELECT 1 FROM agent_grant g JOIN permission_group a ON a.id = g.group_id \
             WHERE g.person_id = p.id AND a.name = 'admin' AND g.permission_key = 'rw') \
             OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant g ON g.role_id = m.role_id JOIN permission_group a ON a.id = g.group_id \
             WHERE m.person_id = p.id AND a.name = 'admin' AND g.permission_key = 'rw'))",
            $which
        )
    };
}

statements! {
    SQLITE_VERSION @Sqlite [] = "SELECT sqlite_version()";
    CHECKPOINT @Sqlite [] = "PRAGMA wal_checkpoint(PASSIVE)";
    /// Shares the row until the commit, so that a batch and a withdrawal have an order.
    HOLD_PERMISSION_EPOCH @Postgres [] = "SELECT permission_epoch FROM installation WHERE one = 1 FOR SHARE";

    // Whole databases: their schema and rows as they are, read by backups and written by restores.
    APPLIED [] = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
    COLUMNS @Sqlite [] = "SELECT t.name AS of_table, c.name, c.type FROM pragma_table_list t, pragma_table_info(t.name) c \
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid";
    COLUMNS_PG @Postgres [] = "SELECT c.relname::text AS of_table, a.attname::text AS name, format_type(a.atttypid, NULL) AS type \
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid \
        WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum";
    DATABASE_BYTES @Sqlite [] = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    DATABASE_BYTES_PG @Postgres [] = "SELECT pg_database_size(current_database())";
    BEGIN_READING [] = "BEGIN";
    BEGIN_READING_PG @Postgres [] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    /// While this is held no content goes: a backup is still to copy it. Given back by the end of the connection.
    HOLD_CONTENTS @Postgres [] = "SELECT CAST(pg_advisory_lock_shared(4419627106) AS TEXT)";
    CONTENTS_MAY_GO @Postgres [] = "SELECT CAST(CASE WHEN pg_try_advisory_xact_lock(4419627106) THEN 1 ELSE 0 END AS BIGINT)";
    OTHER_CONNECTIONS @Postgres [] = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'deskbell' AND pid <> pg_backend_pid()";
    THIS_SCHEMA @Postgres [] = "SELECT current_schema()::text";
    /// Everything goes into the file, and no log stays beside it. Answers with the mode: another one where somebody else has it open.
    CLOSE_LOG @Sqlite [] = "PRAGMA journal_mode = DELETE";
    BEGIN_EXCLUSIVE @Sqlite [] = "BEGIN EXCLUSIVE";
    SET_EPOCH [Int] = "UPDATE installation SET epoch = $1, permission_epoch = permission_epoch + 1 WHERE one = 1";
    INDEX_CHATS_ANEW [] = "UPDATE chat SET to_index = 1, indexed = 0";
    INDEX_TICKETS_ANEW [] = "UPDATE ticket SET to_index = 1";
    /// Of a schema that has it.
    NOTHING_INDEXED_OF_TICKETS [] = "UPDATE ticket SET indexed = 0";
    END_SESSIONS [] = "DELETE FROM session WHERE person_id IN (SELECT id FROM person WHERE kind <> 'public_user')";

    MAKE_INSTALLATION [Int] = "INSERT INTO installation (one, epoch, permission_epoch) VALUES (1, $1, 1) ON CONFLICT (one) DO NOTHING";
    EPOCH [] = "SELECT epoch FROM installation WHERE one = 1";
    PERMISSION_EPOCH [] = "SELECT permission_epoch FROM installation WHERE one = 1";
    RAISE_PERMISSION_EPOCH [] = "UPDATE installation SET permission_epoch = permission_epoch + 1 WHERE one = 1";
    SETTINGS [] = "SELECT name, value, text FROM setting";
    CLEAR_SETTING [Text] = "DELETE FROM setting WHERE name = $1";
    LAST_RECORD [] = "SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1";
    PUT_RECORD [Int, Int, Uuid, Text, Text, Text, Text, Text, Bytes] = "INSERT INTO audit (n, at, person_id, name, kind, subject, old, new, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    RECORDS_BEFORE [Int, Int] = "SELECT n, at, person_id, name, kind, subject, old, new, hash FROM audit WHERE n < $1 ORDER BY n DESC LIMIT $2";
    RECORDS_AFTER [Int, Int] = "SELECT n, at, person_id, name, kind, subject, old, new, hash FROM audit WHERE n > $1 ORDER BY n LIMIT $2";
    RECORDS_OF [Text, Text, Int, Int] = "SELECT n, at, person_id, name, kind, subject, old, new, hash FROM audit WHERE kind = $1 AND subject = $2 AND n < $3 ORDER BY n DESC LIMIT $4";
    COUNT_ADMINISTRATORS [] = administrators!("");
    IS_ADMINISTRATOR [Uuid] = administrators!(" AND p.id = $1");
    CHANGE_PERSON [Uuid, Text, Text, Text, Uuid] = "UPDATE person SET name = $2, sort_key = $3, email = $4, company_id = $5, found_by = $3 || ' ' || coalesce(lower(login), '') || ' ' || coalesce(lower($4), '') WHERE id = $1";
    ROLES [] = "SELECT id, name FROM role ORDER BY name";
    SET_SETTING [Text, Int, Text] = "INSERT INTO setting (name, value, text) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET value = excluded.value, text = excluded.text";

    // The chat's log.
    CHAT [Uuid] = "SELECT id, channel_id, direction, ticket_id, state, closed_reason, created_at, waiting_since, closed_at, last_at, head, public_head, fence FROM chat WHERE id = $1";
    MEMBERS [Uuid] = "SELECT n, person_id, kind, role, name, company, present, joined, shown, invited_role, invited_by, invited_note, invited_at FROM chat_member WHERE chat_id = $1 ORDER BY n";
    ENTRIES_AFTER [Uuid, Int, Int] = entries!("e.seq > $2 ORDER BY e.seq LIMIT $3");
    /// `seq >= public_seq`, so the primary key serves this side too.
    PUBLIC_ENTRIES_AFTER [Uuid, Int, Int] = entries!("e.seq > $2 AND e.public_seq > $2 ORDER BY e.seq LIMIT $3");
    ENTRIES_BEFORE [Uuid, Int, Int] = entries!("e.seq < $2 ORDER BY e.seq DESC LIMIT $3");
    PUBLIC_ENTRIES_BEFORE [Uuid, Int, Int] = entries!("e.public_seq < $2 ORDER BY e.seq DESC LIMIT $3");
    KNOWN [Uuid, Uuid] = "SELECT actor_id, cid, chat_id, seq, public_seq, digest FROM entry WHERE actor_id = $1 AND cid = $2";
    /// Only while fence and permission epoch are what the decision saw (-1: decided without rights).
    RAISE_HEAD [Uuid, Int, Int, Int, Int, Int] = "UPDATE chat SET head = head + $4, public_head = public_head + $5, last_at = CASE WHEN last_at < $6 THEN $6 ELSE last_at END \
        WHERE id = $1 AND fence = $2 AND ($3 < 0 OR $3 = (SELECT permission_epoch FROM installation WHERE one = 1)) \
        RETURNING id, head, public_head, last_at, (SELECT permission_epoch FROM installation WHERE one = 1) AS permission_epoch";
    MAKE_CHAT [Uuid, Uuid, Uuid, Text, Int, Text, Uuid] = "INSERT INTO chat (id, channel_id, state, starter_id, start_key, created_at, waiting_since, last_at, head, public_head, fence, direction, ticket_id) \
        VALUES ($1, $2, 'requested', $3, $4, $5, $5, $5, 0, 0, 0, $6, $7) ON CONFLICT (start_key) WHERE state <> 'closed' DO NOTHING";
    CHAT_OF_START_KEY [Text] = "SELECT id FROM chat WHERE start_key = $1 AND state <> 'closed'";
    CHANGE_CHAT [Uuid, Int, Int, Text, Text, Int, Int, Uuid, Int] = "UPDATE chat SET fence = $2 + $3, state = $4, closed_reason = $5, waiting_since = $6, closed_at = $7, channel_id = $8, addressed = $9, to_index = 1 WHERE id = $1 AND fence = $2";
    PUT_MEMBER [Uuid, Int, Uuid, Text, Text, Text, Text, Int, Int, Int, Text, Int, Text, Int, Int] = "INSERT INTO chat_member (chat_id, n, person_id, kind, role, name, company, present, read_seq, joined, invited_role, invited_by, invited_note, invited_at, shown) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (chat_id, n) DO UPDATE SET role = excluded.role, present = excluded.present, joined = excluded.joined, shown = excluded.shown, \
        invited_role = excluded.invited_role, invited_by = excluded.invited_by, invited_note = excluded.invited_note, invited_at = excluded.invited_at, \
        read_seq = CASE WHEN chat_member.present = 0 AND excluded.present = 1 THEN excluded.read_seq ELSE chat_member.read_seq END";
    /// Number, author and time stay. Without the digest a repeated command is refused, and brings no text back.
    REDACT [Uuid, Int, Text, Int] = "UPDATE entry SET text = NULL, digest = NULL, subject = $3, redacted_at = $4 WHERE chat_id = $1 AND seq = $2 AND kind IN ('message', 'note')";
    TAKE_DOCUMENT_OF_ENTRY @Sqlite [Uuid, Int] = "DELETE FROM document WHERE rowid = (SELECT doc + $2 FROM chat WHERE id = $1)";
    TAKE_DOCUMENT_OF_ENTRY_PG @Postgres [Uuid, Int] = "DELETE FROM document WHERE doc = (SELECT c.doc + $2 FROM chat c WHERE c.id = $1)";
    PUT_WAIT [Uuid, Uuid, Int, Int] = "INSERT INTO wait (chat_id, channel_id, accepted_at, waited_us) VALUES ($1, $2, $3, $4) ON CONFLICT (chat_id, accepted_at) DO NOTHING";
    PUT_OUTBOX [Uuid, Uuid, Int, Uuid, Int, Uuid, Text, Text, Int, Int] = "INSERT INTO outbox (id, chat_id, seq, ticket_id, n, person_id, kind, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";
    /// Raises the count unless it is reached.
    COUNT_EFFECT [Text, Int, Int] = "INSERT INTO outbox_count (subject, day, count) SELECT $1, $2, 1 WHERE $3 > 0 ON CONFLICT (subject, day) DO UPDATE SET count = outbox_count.count + 1 WHERE outbox_count.count < $3";
    DUE_EFFECTS [Text, Int, Int] = concat!("SELECT ", effect!(), " WHERE kind = $1 AND done_at IS NULL AND due_at <= $2 ORDER BY due_at LIMIT $3");
    TAKE_EFFECT [Uuid, Int, Int] = "UPDATE outbox SET state = 'taken', tries = tries + 1, due_at = $3 WHERE id = $1 AND tries = $2 AND done_at IS NULL";
    FREE_EFFECTS [Text, Int] = "UPDATE outbox SET due_at = $2 WHERE kind = $1 AND done_at IS NULL AND state <> 'waiting'";
    HAND_EFFECT [Uuid, Int] = "UPDATE outbox SET state = 'handed' WHERE id = $1 AND tries = $2 AND state = 'taken'";
    SETTLE_EFFECT [Uuid, Int, Text, Text, Int, Int, Int] = "UPDATE outbox SET state = $3, said = $4, due_at = coalesce($5, due_at), done_at = $6, doubts = $7 WHERE id = $1 AND tries = $2 AND done_at IS NULL";
    UNTOLD_EFFECTS [Text, Int] = concat!("SELECT ", effect!(), " WHERE kind = $1 AND done_at IS NOT NULL AND told = 0 ORDER BY done_at LIMIT $2");
    TOLD_EFFECT [Uuid] = "UPDATE outbox SET told = 1 WHERE id = $1";
    IS_TOLD [Uuid, Int, Text] = "SELECT count(*) FROM entry WHERE chat_id = $1 AND kind = 'mailed' AND of_seq = $2 AND reason = $3";
    EFFECTS_OF_TICKET [Uuid] = concat!("SELECT ", effect!(), " WHERE ticket_id = $1 ORDER BY n LIMIT 1000");
    /// Those that have not arrived for certain, newest first, before a place.
    OPEN_EFFECTS [Int, Uuid, Int] = "SELECT o.id, o.chat_id, o.ticket_id, t.number, p.name, o.state, o.said, o.created_at, o.due_at, o.tries \
        FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket_id LEFT JOIN person p ON p.id = o.person_id \
        WHERE o.state <> 'done' AND (o.created_at, o.id) < ($1, $2) ORDER BY o.created_at DESC, o.id DESC LIMIT $3";
    EFFECT_STATE [Uuid] = "SELECT state FROM outbox WHERE id = $1";
    /// Nobody is at what ended.
    SEND_AGAIN [Uuid, Int] = "UPDATE outbox SET state = 'waiting', done_at = NULL, told = 0, tries = 0, doubts = 0, due_at = $2 WHERE id = $1 AND state IN ('failed', 'perhaps')";
    PUT_PROOF [Bytes, Uuid, Int] = "INSERT INTO mail_proof (token_hash, outbox_id, expires_at) VALUES ($1, $2, $3)";
    PROVEN [Bytes, Int] = concat!("SELECT ", effect!(), " WHERE id = (SELECT outbox_id FROM mail_proof WHERE token_hash = $1 AND expires_at > $2)");
    /// Chats behind one, in order of id, with messages of agents from before $1 that an external who came has not seen, and of whom an address is
    /// known; of closed chats those closed after $2 and not by him. Those in which it went to him already, and he saw nothing since, are left out.
    UNSEEN_CHATS [Int, Int, Uuid, Int] = "SELECT c.id FROM chat c JOIN chat_member m ON m.chat_id = c.id AND m.role = 'external' AND m.joined = 1 JOIN person p ON p.id = m.person_id AND p.valid = 1 AND p.unseen_mail = 1 \
        WHERE c.id > $3 AND m.read_seq < c.public_head AND c.id IN (SELECT id FROM chat WHERE state = 'open' UNION ALL SELECT id FROM chat WHERE state = 'requested' \
            UNION ALL SELECT id FROM chat WHERE state = 'closed' AND closed_at > $2 AND closed_reason NOT IN ('by_external', 'withdrawn', 'declined')) \
        AND (p.email IS NOT NULL OR EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id)) \
        AND EXISTS (SELECT 1 FROM entry e JOIN chat_member a ON a.chat_id = e.chat_id AND a.n = e.who AND a.kind = 'agent' WHERE e.chat_id = c.id \
            AND e.seq > m.read_seq AND e.public_seq > m.read_seq AND e.kind = 'message' AND e.redacted_at IS NULL AND e.at <= $1) \
        AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.chat_id = c.id AND x.seq > m.read_seq AND x.kind = 'missed' AND x.of_public_seq > m.read_seq) ORDER BY c.id LIMIT $4";
    /// The newest unseen message of one such chat ($1) by its numbers, where one is from before $2 and $3 is seen.
    UNSEEN_UP_TO [Uuid, Int, Int] = "SELECT max(e.seq) AS seq, max(e.public_seq) AS public_seq FROM entry e JOIN chat_member a ON a.chat_id = e.chat_id AND a.n = e.who AND a.kind = 'agent' \
        WHERE e.chat_id = $1 AND e.seq > $3 AND e.public_seq > $3 AND e.kind = 'message' AND e.redacted_at IS NULL HAVING min(e.at) <= $2 \
        AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.chat_id = $1 AND x.seq > $3 AND x.kind = 'missed' AND x.of_public_seq > $3)";
    WANTS_UNSEEN_MAIL [Uuid] = "SELECT unseen_mail FROM person WHERE id = $1";
    WANT_UNSEEN_MAIL [Uuid, Int] = "UPDATE person SET unseen_mail = $2 WHERE id = $1";
    EFFECTS_ABOUT [Uuid, Text] = concat!("SELECT ", effect!(), " WHERE person_id = $1 AND kind = $2 ORDER BY created_at DESC LIMIT 50");
    SWEEP_PROOFS [Int] = "DELETE FROM mail_proof WHERE expires_at <= $1";
    SWEEP_COUNTS [Int] = "DELETE FROM outbox_count WHERE day > 0 AND day < $1";
    SWEEP_EFFECTS [Int] = "DELETE FROM outbox WHERE done_at < $1 AND ticket_id IS NULL";
    REMOVE_EFFECT [Uuid] = "DELETE FROM outbox WHERE id = $1 AND done_at IS NOT NULL";
    /// What is about him, and what goes out of his tickets.
    REMOVE_EFFECTS_OF_PERSON [Uuid] = "DELETE FROM outbox WHERE person_id = $1 OR ticket_id IN (SELECT id FROM ticket WHERE customer_id = $1 OR creator_id = $1)";
    SAVEPOINT [] = "SAVEPOINT verb";
    RELEASE [] = "RELEASE SAVEPOINT verb";
    BACK_TO_SAVEPOINT [] = "ROLLBACK TO SAVEPOINT verb";
    ROLLBACK [] = "ROLLBACK";

    // Files: contents by their hash, and the entries that refer to them.
    CLAIM_CONTENT [Bytes, Int, Int] = "INSERT INTO content (hash, size, idle_since) VALUES ($1, $2, $3) ON CONFLICT (hash) DO UPDATE SET \
        idle_since = CASE WHEN content.idle_since IS NULL THEN NULL ELSE excluded.idle_since END WHERE content.going = 0";
    HOLD_CONTENT [Bytes] = "UPDATE content SET idle_since = NULL WHERE hash = $1 AND going = 0";
    PUT_FILE [Uuid, Int, Uuid, Int, Bytes, Text, Int, Int, Int] = "INSERT INTO entry_file (chat_id, seq, person_id, at, hash, type, size, width, height) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Others may refer to it all the same: that is asked before it goes.
    RELEASE_CONTENT_OF_ENTRY [Uuid, Int] = "UPDATE content SET idle_since = 0 WHERE hash IN (SELECT hash FROM entry_file WHERE chat_id = $1 AND seq = $2)";
    TAKE_FILE_OF_ENTRY [Uuid, Int] = "DELETE FROM entry_file WHERE chat_id = $1 AND seq = $2";
    RELEASE_CONTENTS [Uuid] = "UPDATE content SET idle_since = 0 WHERE hash IN (SELECT hash FROM entry_file WHERE chat_id = $1)";
    REMOVE_FILES [Uuid] = "DELETE FROM entry_file WHERE chat_id = $1";
    /// The row's lock gives this and HOLD_CONTENT an order: who comes second finds the other's mark.
    LET_CONTENTS_GO [Int, Int] = "UPDATE content SET going = 1 WHERE idle_since < $1 AND hash IN (SELECT c.hash FROM content c WHERE c.idle_since < $1 \
        AND NOT EXISTS (SELECT 1 FROM entry_file f WHERE f.hash = c.hash) AND NOT EXISTS (SELECT 1 FROM article_file f WHERE f.hash = c.hash) AND NOT EXISTS (SELECT 1 FROM portrait f WHERE f.hash = c.hash) ORDER BY c.idle_since LIMIT $2) RETURNING hash";
    CONTENT_GONE [Bytes] = "DELETE FROM content WHERE hash = $1 AND going = 1";
    BYTES_SENT [Uuid, Int] = "SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM (SELECT size FROM entry_file WHERE person_id = $1 AND at > $2 \
        UNION ALL SELECT size FROM article_file WHERE person_id = $1 AND at > $2) s";
    CONTENT_IS_USED [Bytes] = "SELECT count(*) FROM content c WHERE c.hash = $1 AND (EXISTS (SELECT 1 FROM entry_file f WHERE f.hash = c.hash) OR EXISTS (SELECT 1 FROM article_file f WHERE f.hash = c.hash) OR EXISTS (SELECT 1 FROM portrait f WHERE f.hash = c.hash))";
    CONTENTS_AFTER [Bytes, Int] = "SELECT c.hash, c.size FROM content c WHERE c.hash > $1 AND (EXISTS (SELECT 1 FROM entry_file f WHERE f.hash = c.hash) OR EXISTS (SELECT 1 FROM article_file f WHERE f.hash = c.hash) OR EXISTS (SELECT 1 FROM portrait f WHERE f.hash = c.hash)) ORDER BY c.hash LIMIT $2";

    // Positions and lists.
    READ_POSITION [Uuid, Uuid] = "SELECT read_seq FROM chat_member WHERE chat_id = $1 AND person_id = $2";
    READ_POSITIONS [Uuid] = "SELECT person_id, read_seq FROM chat_member WHERE chat_id = $1";
    /// A position on the count of all entries, on that of externals; and back.
    PUBLIC_SEQ [Uuid, Int] = "SELECT public_seq FROM entry WHERE chat_id = $1 AND seq <= $2 AND public_seq IS NOT NULL ORDER BY seq DESC LIMIT 1";
    SEQ_OF_PUBLIC [Uuid, Int] = "SELECT seq FROM entry WHERE chat_id = $1 AND seq >= $2 AND public_seq = $2 ORDER BY seq LIMIT 1";
    RAISE_READ_POSITION [Uuid, Uuid, Int] = "UPDATE chat_member SET read_seq = $3 WHERE chat_id = $1 AND person_id = $2 AND read_seq < $3";
    UNREAD [Uuid, Uuid, Int, Int] = "SELECT count(*) FROM (SELECT 1 FROM entry WHERE chat_id = $1 AND seq > $3 AND seq <= $4 AND kind IN ('message', 'note') AND actor_id <> $2 LIMIT 1000) u";
    PUBLIC_UNREAD [Uuid, Uuid, Int, Int] = "SELECT count(*) FROM (SELECT 1 FROM entry WHERE chat_id = $1 AND seq > $3 AND public_seq > $3 AND public_seq <= $4 AND kind = 'message' AND actor_id <> $2 LIMIT 1000) u";
    FIRST_MESSAGE [Uuid] = "SELECT text FROM entry WHERE chat_id = $1 AND kind = 'message' AND text IS NOT NULL ORDER BY seq LIMIT 1";
    WAITING [Uuid, Int] = "SELECT id, channel_id, waiting_since, fence FROM chat WHERE state = 'requested' AND addressed = 0 AND channel_id = $1 ORDER BY waiting_since, id LIMIT $2";
    /// Personal requests to this person, and invitations.
    ASKED [Uuid] = "SELECT c.id, c.channel_id, coalesce(m.invited_at, c.created_at) AS since, c.fence FROM chat_member m JOIN chat c ON c.id = m.chat_id \
        WHERE m.person_id = $1 AND c.state <> 'closed' AND (m.invited_role IS NOT NULL OR (c.addressed = 1 AND m.n = 2)) ORDER BY since, c.id LIMIT 200";
    /// Personal requests made before this instant, for the job that ends them.
    ADDRESSED_BEFORE [Int, Int] = "SELECT id FROM chat WHERE state = 'requested' AND addressed = 1 AND waiting_since < $1 ORDER BY waiting_since LIMIT $2";
    HIDE_REQUEST [Uuid, Uuid] = "INSERT INTO hidden_request (person_id, chat_id) VALUES ($1, $2) ON CONFLICT (person_id, chat_id) DO NOTHING";
    SHOW_REQUEST [Uuid, Uuid] = "DELETE FROM hidden_request WHERE person_id = $1 AND chat_id = $2";
    HIDDEN_OF [Uuid] = "SELECT h.chat_id FROM hidden_request h JOIN chat c ON c.id = h.chat_id WHERE h.person_id = $1 AND c.state = 'requested'";
    SET_NOTIFY [Uuid, Uuid, Text] = "UPDATE chat_member SET notify = $3 WHERE chat_id = $1 AND person_id = $2";
    SET_DRAFT [Uuid, Uuid, Text, Int] = "UPDATE chat_member SET draft = $3, draft_note = $4 WHERE chat_id = $1 AND person_id = $2";
    KEPT [Uuid, Uuid] = "SELECT read_seq, notify, draft, draft_note FROM chat_member WHERE chat_id = $1 AND person_id = $2";
    /// How long accepted requests of a channel waited, the newest first.
    WAITS [Uuid, Int, Int] = "SELECT waited_us FROM wait WHERE channel_id = $1 AND accepted_at > $2 ORDER BY accepted_at DESC LIMIT $3";
    /// By hour since $2: how many requests were accepted in a channel, and how long they waited together.
    WAITS_BY_HOUR [Uuid, Int] = "SELECT (accepted_at - $2) / 3600000000 AS hour, count(*) AS waits, CAST(sum(waited_us) AS BIGINT) AS waited_us FROM wait WHERE channel_id = $1 AND accepted_at > $2 GROUP BY 1 ORDER BY 1";
    PLACE [Uuid, Int, Uuid] = "SELECT count(*) FROM chat WHERE state = 'requested' AND addressed = 0 AND channel_id = $1 AND (waiting_since < $2 OR (waiting_since = $2 AND id <= $3))";
    OPEN_CHATS [Uuid, Int] = "SELECT id FROM chat WHERE state = 'open' AND id > $1 ORDER BY id LIMIT $2";
    NOT_CLOSED [Uuid, Int] = "SELECT id FROM chat WHERE state <> 'closed' AND id > $1 ORDER BY id LIMIT $2";
    WAITING_SINCE_BEFORE [Int, Int] = "SELECT id FROM chat WHERE state = 'requested' AND waiting_since < $1 ORDER BY waiting_since LIMIT $2";
    /// Externals with a chat that is not closed, at most so many. CROSS JOIN: from these few to their people, which SQLite would not guess.
    EXTERNALS_OF_RUNNING [Int] = "SELECT m.person_id FROM chat c CROSS JOIN chat_member m WHERE c.state = 'open' AND m.chat_id = c.id AND m.role = 'external' \
        UNION SELECT m.person_id FROM chat c CROSS JOIN chat_member m WHERE c.state = 'requested' AND m.chat_id = c.id AND m.role = 'external' LIMIT $1";
    RUNNING_CHATS_OF [Uuid] = "SELECT c.id FROM chat_member m JOIN chat c ON c.id = m.chat_id WHERE m.person_id = $1 AND m.present = 1 AND c.state <> 'closed' ORDER BY c.last_at DESC LIMIT 200";
    // Lines of conversation lists: chat, channel, its name, state, newest instant, unread, newest text, counterpart.
    RUNNING_OF_AGENT [Uuid] = "SELECT c.id, c.channel_id, c.direction, h.name AS channel, c.state, c.last_at, \
            (SELECT count(*) FROM (SELECT 1 FROM entry e WHERE e.chat_id = c.id AND e.seq > m.read_seq AND e.kind IN ('message', 'note') AND e.actor_id <> $1 LIMIT 1000) u) AS unread, \
            (SELECT e.text FROM entry e WHERE e.chat_id = c.id AND e.kind IN ('message', 'note') ORDER BY e.seq DESC LIMIT 1) AS last_text, \
            (SELECT x.name FROM chat_member x WHERE x.chat_id = c.id AND x.person_id <> $1 ORDER BY CASE WHEN x.role = 'external' THEN 0 ELSE 1 END, x.present DESC, x.n LIMIT 1) AS counterpart, \
            (SELECT x.person_id FROM chat_member x WHERE x.chat_id = c.id AND x.role = 'external') AS counterpart_id, CAST(NULL AS BIGINT) AS counterpart_shown, CAST(0 AS BIGINT) AS asked \
        FROM chat_member m JOIN chat c ON c.id = m.chat_id JOIN channel h ON h.id = c.channel_id \
        WHERE m.person_id = $1 AND m.present = 1 AND c.state <> 'closed' ORDER BY c.last_at DESC LIMIT 200";
    /// The conversations of an external, closed ones too; keyset by the instant of his newest entry: notes leave no trace. Public users see closed ones only after $4.
    CHATS_OF_EXTERNAL [Uuid, Int, Int, Int] = "SELECT c.id, c.channel_id, c.direction, h.name AS channel, c.state, l.at AS last_at, \
            (SELECT count(*) FROM (SELECT 1 FROM entry e WHERE e.chat_id = c.id AND e.seq > m.read_seq AND e.public_seq > m.read_seq AND e.kind = 'message' AND e.actor_id <> $1 LIMIT 1000) u) AS unread, \
            (SELECT e.text FROM entry e WHERE e.chat_id = c.id AND e.kind = 'message' ORDER BY e.seq DESC LIMIT 1) AS last_text, \
            (SELECT x.name FROM chat_member x WHERE x.chat_id = c.id AND x.kind = 'agent' AND x.shown IS NOT NULL ORDER BY CASE WHEN x.role = 'observer' THEN 0 ELSE x.present END DESC, x.n DESC LIMIT 1) AS counterpart, (SELECT x.person_id FROM chat_member x WHERE x.chat_id = c.id AND x.kind = 'agent' AND x.shown IS NOT NULL ORDER BY CASE WHEN x.role = 'observer' THEN 0 ELSE x.present END DESC, x.n DESC LIMIT 1) AS counterpart_id, \
            (SELECT x.shown FROM chat_member x WHERE x.chat_id = c.id AND x.kind = 'agent' AND x.shown IS NOT NULL ORDER BY CASE WHEN x.role = 'observer' THEN 0 ELSE x.present END DESC, x.n DESC LIMIT 1) AS counterpart_shown, CAST(CASE WHEN m.joined = 0 THEN 1 ELSE 0 END AS BIGINT) AS asked \
        FROM chat_member m JOIN chat c ON c.id = m.chat_id JOIN channel h ON h.id = c.channel_id JOIN entry l ON l.chat_id = c.id AND l.seq >= c.public_head AND l.public_seq = c.public_head \
        WHERE m.person_id = $1 AND m.role = 'external' AND l.at < $2 AND (c.closed_at IS NULL OR c.closed_at > $4) AND (c.closed_at IS NULL OR m.joined = 1) ORDER BY l.at DESC LIMIT $3";
    /// The chats of a customer user ($2) as agents see them, running ones first, behind a place ($4 closed, $5 newest instant, $6 chat); what is unread in them is counted for who is in.
    CHATS_OF_CUSTOMER [Uuid, Uuid, Int, Int, Int, Uuid] = "SELECT c.id, c.channel_id, c.direction, h.name AS channel, c.state, c.last_at, \
            (SELECT count(*) FROM (SELECT 1 FROM chat_member m JOIN entry e ON e.chat_id = m.chat_id AND e.seq > m.read_seq WHERE m.chat_id = c.id AND m.person_id = $1 AND m.present = 1 AND c.state <> 'closed' \
                AND e.kind IN ('message', 'note') AND e.actor_id <> $1 LIMIT 1000) u) AS unread, \
            (SELECT e.text FROM entry e WHERE e.chat_id = c.id AND e.kind IN ('message', 'note') ORDER BY e.seq DESC LIMIT 1) AS last_text, \
            x.name AS counterpart, x.person_id AS counterpart_id, CAST(NULL AS BIGINT) AS counterpart_shown, CAST(0 AS BIGINT) AS asked \
        FROM chat_member x JOIN chat c ON c.id = x.chat_id JOIN channel h ON h.id = c.channel_id \
        WHERE x.person_id = $2 AND x.role = 'external' AND (CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END > $4 \
            OR (CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END = $4 AND (c.last_at < $5 OR (c.last_at = $5 AND c.id > $6)))) ORDER BY CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END, c.last_at DESC, c.id LIMIT $3";
    /// Closed chats an agent may read: he owns the channel, or took part and still has a level on it; those among agents only if he took part.
    ARCHIVE_OF_AGENT [Uuid, Int, Int] = "SELECT c.id, c.channel_id, c.direction, h.name AS channel, c.state, c.closed_at AS last_at, CAST(0 AS BIGINT) AS unread, \
            (SELECT e.text FROM entry e WHERE e.chat_id = c.id AND e.kind IN ('message', 'note') ORDER BY e.seq DESC LIMIT 1) AS last_text, \
            (SELECT x.name FROM chat_member x WHERE x.chat_id = c.id AND x.person_id <> $1 ORDER BY CASE WHEN x.role = 'external' THEN 0 ELSE 1 END, x.present DESC, x.n LIMIT 1) AS counterpart, \
            (SELECT x.person_id FROM chat_member x WHERE x.chat_id = c.id AND x.role = 'external') AS counterpart_id, CAST(NULL AS BIGINT) AS counterpart_shown, CAST(0 AS BIGINT) AS asked \
        FROM chat c JOIN channel h ON h.id = c.channel_id WHERE c.state = 'closed' AND c.closed_at < $2 AND ( \
        (c.direction = 'agent_to_agent' AND EXISTS (SELECT 1 FROM chat_member m WHERE m.chat_id = c.id AND m.person_id = $1 AND m.joined = 1)) OR c.direction <> 'agent_to_agent' AND EXISTS ( \
        SELECT 1 FROM ( \
            SELECT g.permission_key FROM agent_grant g WHERE g.person_id = $1 AND g.group_id = h.group_id \
            UNION SELECT r.permission_key FROM role_grant r JOIN role_member m ON m.role_id = r.role_id WHERE m.person_id = $1 AND r.group_id = h.group_id \
        ) held WHERE held.permission_key = 'chat_owner' OR (held.permission_key IN ('chat_participant', 'chat_observer') \
            AND EXISTS (SELECT 1 FROM chat_member m WHERE m.chat_id = c.id AND m.person_id = $1 AND m.joined = 1)))) \
        ORDER BY c.closed_at DESC LIMIT $3";

    // Persons and their rights.
    PERSON [Uuid] = "SELECT p.id, p.kind, p.name, p.login, c.name AS company, p.availability, p.valid, p.snippet_id FROM person p LEFT JOIN company c ON c.id = p.company_id WHERE p.id = $1";
    CHANNEL_KEYS_OF [Uuid] = "SELECT h.id, g.permission_key FROM agent_grant g JOIN channel h ON h.group_id = g.group_id WHERE g.person_id = $1 \
        UNION SELECT h.id, r.permission_key FROM role_member m JOIN role_grant r ON r.role_id = m.role_id JOIN channel h ON h.group_id = r.group_id WHERE m.person_id = $1";
    /// Whether an agent holds any key on a group, by its name.
    KEYS_ON_GROUP [Uuid, Text] = "SELECT (SELECT count(*) FROM agent_grant g JOIN permission_group a ON a.id = g.group_id WHERE g.person_id = $1 AND a.name = $2) \
        + (SELECT count(*) FROM role_member m JOIN role_grant r ON r.role_id = m.role_id JOIN permission_group a ON a.id = r.group_id WHERE m.person_id = $1 AND a.name = $2)";
    /// Agents who want to be asked at all and hold any key on a group, by name.
    AGENTS_ON_GROUP [Text] = "SELECT p.id, p.kind, p.name, p.login, CAST(NULL AS TEXT) AS company, p.availability, p.valid, p.snippet_id FROM person p WHERE p.kind = 'agent' AND p.valid = 1 AND p.availability > 0 AND ( \
            EXISTS (SELECT 1 FROM agent_grant g JOIN permission_group a ON a.id = g.group_id WHERE g.person_id = p.id AND a.name = $1) \
            OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id JOIN permission_group a ON a.id = r.group_id WHERE m.person_id = p.id AND a.name = $1)) \
        ORDER BY p.sort_key, p.id LIMIT 5000";
    CHANNELS [] = "SELECT id, name, group_id, for_customer_users, for_public_users, reply_target_s, valid, is_default, comment, hours, texts FROM channel ORDER BY sort_key, id";
    MY_CHANNELS [Uuid] = "SELECT channel_id FROM my_channel WHERE person_id = $1 ORDER BY channel_id";
    RECEIVERS [] = "SELECT y.channel_id, y.person_id FROM my_channel y JOIN person p ON p.id = y.person_id JOIN channel h ON h.id = y.channel_id \
        WHERE p.kind = 'agent' AND p.valid = 1 AND p.availability = 2 AND ( \
            EXISTS (SELECT 1 FROM agent_grant g WHERE g.person_id = p.id AND g.group_id = h.group_id AND g.permission_key = 'chat_owner') \
            OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id WHERE m.person_id = p.id AND r.group_id = h.group_id AND r.permission_key = 'chat_owner'))";
    SET_AVAILABILITY [Uuid, Int] = "UPDATE person SET availability = $2 WHERE id = $1 AND kind = 'agent'";
    CLEAR_MY_CHANNELS [Uuid] = "DELETE FROM my_channel WHERE person_id = $1";
    /// Only a channel he is owner of.
    ADD_MY_CHANNEL [Uuid, Uuid] = "INSERT INTO my_channel (person_id, channel_id) SELECT $1, h.id FROM channel h WHERE h.id = $2 AND ( \
            EXISTS (SELECT 1 FROM agent_grant g WHERE g.person_id = $1 AND g.group_id = h.group_id AND g.permission_key = 'chat_owner') \
            OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id WHERE m.person_id = $1 AND r.group_id = h.group_id AND r.permission_key = 'chat_owner')) \
        ON CONFLICT (person_id, channel_id) DO NOTHING";

    // Accounts and sessions.
    COUNT_AGENTS [] = "SELECT count(*) FROM person WHERE kind = 'agent'";
    MAKE_PERSON [Uuid, Text, Text, Text, Text, Text, Text, Uuid, Uuid, Int] = "INSERT INTO person (id, kind, name, sort_key, login, password_hash, email, company_id, snippet_id, created_at, found_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $4 || ' ' || coalesce(lower($5), '') || ' ' || coalesce(lower($7), ''))";
    MAKE_COMPANY [Uuid, Text, Text] = "INSERT INTO company (id, name, sort_key) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    CHANGE_COMPANY [Uuid, Text, Text, Int] = "UPDATE company SET name = $2, sort_key = $3, valid = $4 WHERE id = $1";
    COMPANY [Uuid] = "SELECT name, valid FROM company WHERE id = $1";
    /// Those whose name has it ($1, for LIKE), behind a place.
    COMPANIES_PAGE [Text, Text, Uuid, Int] = "SELECT c.id, c.name, c.valid, (SELECT count(*) FROM person p WHERE p.company_id = c.id) AS people FROM company c \
        WHERE c.sort_key LIKE $1 ESCAPE '!' AND (c.sort_key, c.id) > ($2, $3) ORDER BY c.sort_key, c.id LIMIT $4";
    COMPANY_NAMED [Text] = "SELECT id FROM company WHERE name = $1";
    SELECT_DEFAULT_CHANNEL [Uuid] = "INSERT INTO my_channel (person_id, channel_id) SELECT $1, id FROM channel WHERE is_default = 1";
    ACCOUNT [Text, Text] = "SELECT id, valid, password_hash FROM person WHERE kind = $1 AND login = $2";
    PASSWORD_OF [Uuid] = "SELECT password_hash FROM person WHERE id = $1";
    SET_PASSWORD [Uuid, Text] = "UPDATE person SET password_hash = $2 WHERE id = $1";
    SET_VALID [Uuid, Int] = "UPDATE person SET valid = $2 WHERE id = $1";
    ACCOUNTS [Text] = "SELECT p.id, p.kind, p.name, p.login, c.name AS company, p.availability, p.valid, p.snippet_id FROM person p LEFT JOIN company c ON c.id = p.company_id \
        WHERE p.kind = $1 AND p.login IS NOT NULL ORDER BY p.sort_key, p.id";
    /// Those whose name, login or address has it ($2, for LIKE), behind a place: found in the index alone.
    ACCOUNTS_PAGE [Text, Text, Text, Uuid, Int] = "SELECT p.id, p.kind, p.name, p.login, c.name AS company, p.availability, p.valid, p.snippet_id FROM (SELECT id FROM person \
            WHERE kind = $1 AND login IS NOT NULL AND found_by LIKE $2 ESCAPE '!' AND (sort_key, id) > ($3, $4) ORDER BY sort_key, id LIMIT $5) f \
        JOIN person p ON p.id = f.id LEFT JOIN company c ON c.id = p.company_id ORDER BY p.sort_key, p.id";
    KEYS_OF_AGENT [Uuid] = "SELECT a.name, g.permission_key FROM agent_grant g JOIN permission_group a ON a.id = g.group_id WHERE g.person_id = $1 ORDER BY a.name, g.permission_key";
    KEYS_OF_ROLE [Uuid] = "SELECT a.name, g.permission_key FROM role_grant g JOIN permission_group a ON a.id = g.group_id WHERE g.role_id = $1 ORDER BY a.name, g.permission_key";
    COUNT_ROLE_MEMBERS [Uuid] = "SELECT count(*) FROM role_member WHERE role_id = $1";
    MAKE_SESSION [Bytes, Uuid, Int, Text, Text, Text] = "INSERT INTO session (token_hash, person_id, created_at, seen_at, network, browser, system) SELECT $1, id, $3, $3, $4, $5, $6 FROM person WHERE id = $2 AND valid = 1";
    /// With the person, and for a public user whether he has a chat that is not closed, and when his last one closed.
    SESSION [Bytes] = "SELECT p.id, p.kind, p.name, p.login, c.name AS company, p.availability, p.valid, p.snippet_id, s.created_at, s.seen_at, \
        (SELECT count(*) FROM chat_member m JOIN chat h ON h.id = m.chat_id WHERE m.person_id = p.id AND p.kind = 'public_user' AND h.state <> 'closed') AS running, \
        (SELECT max(h.closed_at) FROM chat_member m JOIN chat h ON h.id = m.chat_id WHERE m.person_id = p.id AND p.kind = 'public_user') AS last_closed_at, \
        CAST(CASE WHEN p.kind = 'agent' AND EXISTS (SELECT 1 FROM permission_group q WHERE q.second_factor = 1 AND ( \
                EXISTS (SELECT 1 FROM agent_grant g WHERE g.person_id = p.id AND g.group_id = q.id) \
                OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id WHERE m.person_id = p.id AND r.group_id = q.id))) \
            AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.person_id = p.id) THEN 1 ELSE 0 END AS BIGINT) AS owes \
        FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN company c ON c.id = p.company_id WHERE s.token_hash = $1";
    SEE_SESSION [Bytes, Int] = "UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    END_SESSION [Bytes] = "DELETE FROM session WHERE token_hash = $1";
    /// A person's that are not over, those used last first: made after $2, used after $3.
    SESSIONS_OF [Uuid, Int, Int] = "SELECT token_hash, created_at, seen_at, network, browser, system FROM session WHERE person_id = $1 AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, token_hash LIMIT 200";
    /// Everybody's, the newest first, behind a place; those of people whose name, login or address has $1 (for LIKE).
    SESSIONS_PAGE [Text, Int, Int, Int, Bytes, Int] = "SELECT s.token_hash, s.created_at, s.seen_at, s.network, s.browser, s.system, p.id AS person_id, p.kind, p.name, p.login FROM session s JOIN person p ON p.id = s.person_id \
        WHERE p.kind <> 'public_user' AND p.found_by LIKE $1 ESCAPE '!' AND s.created_at > $2 AND s.seen_at > $3 \
        AND (s.created_at, s.token_hash) < ($4, $5) ORDER BY s.created_at DESC, s.token_hash DESC LIMIT $6";
    /// By the first half of its hash: between $1 and $2.
    SESSION_NAMED [Bytes, Bytes] = "SELECT s.token_hash, s.person_id FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash > $1 AND s.token_hash < $2 AND p.kind <> 'public_user'";
    END_SESSIONS_OF [Uuid, Bytes] = "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2";
    /// Made before $1 or unused since $2, of those who have a login.
    SWEEP_SESSIONS [Int, Int] = "DELETE FROM session WHERE (created_at < $1 OR seen_at < $2) AND EXISTS (SELECT 1 FROM person p WHERE p.id = session.person_id AND p.kind <> 'public_user')";
    /// Visitors' tokens made before $1, without a chat that is open or was closed after $2.
    SWEEP_VISITORS [Int, Int] = "DELETE FROM session WHERE created_at < $1 AND person_id IN (SELECT id FROM person WHERE kind = 'public_user') \
        AND NOT EXISTS (SELECT 1 FROM chat_member m JOIN chat h ON h.id = m.chat_id WHERE m.person_id = session.person_id AND (h.state <> 'closed' OR h.closed_at > $2))";

    // One-time links.
    PUT_LINK [Bytes, Uuid, Text, Int, Int] = "INSERT INTO one_time_link (token_hash, person_id, purpose, created_at, expires_at) SELECT $1, id, $3, $4, $5 FROM person WHERE id = $2 AND valid = 1 AND login IS NOT NULL";
    /// The newest of its purpose is the only one that is good: two that are made at once do not see each other here.
    REMOVE_LINKS_FOR [Uuid, Text] = "DELETE FROM one_time_link WHERE person_id = $1 AND purpose = $2";
    REMOVE_LINKS [Uuid] = "DELETE FROM one_time_link WHERE person_id = $1";
    LINK [Bytes, Int] = "SELECT l.person_id, p.kind, p.name, p.login, l.purpose, l.expires_at FROM one_time_link l JOIN person p ON p.id = l.person_id WHERE l.token_hash = $1 AND l.expires_at > $2 AND p.valid = 1 AND p.login IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM one_time_link n WHERE n.person_id = l.person_id AND n.purpose = l.purpose AND (n.created_at, n.token_hash) > (l.created_at, l.token_hash))";
    USE_LINK [Bytes, Int] = "DELETE FROM one_time_link WHERE token_hash = $1 AND expires_at > $2 AND EXISTS (SELECT 1 FROM person p WHERE p.id = one_time_link.person_id AND p.valid = 1) \
        AND NOT EXISTS (SELECT 1 FROM one_time_link n WHERE n.person_id = one_time_link.person_id AND n.purpose = one_time_link.purpose AND (n.created_at, n.token_hash) > (one_time_link.created_at, one_time_link.token_hash))";
    SWEEP_LINKS [Int] = "DELETE FROM one_time_link WHERE expires_at <= $1";
    /// Valid accounts of a kind with this login or address, the one with the login first.
    FORGETFUL [Text, Text] = "SELECT id, CAST(CASE WHEN login = $2 THEN 1 ELSE 0 END AS BIGINT) AS exact FROM person WHERE kind = $1 AND valid = 1 AND login IS NOT NULL \
        AND (login = $2 OR lower(email) = lower($2)) ORDER BY exact DESC, id LIMIT 2";

    // Second factors.
    PUT_FACTOR [Uuid, Bytes, Int, Int] = "INSERT INTO second_factor (person_id, secret, step, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, step = excluded.step, created_at = excluded.created_at";
    REMOVE_FACTOR [Uuid] = "DELETE FROM second_factor WHERE person_id = $1";
    FACTOR [Uuid] = "SELECT secret, step, created_at, (SELECT count(*) FROM recovery_code c WHERE c.person_id = f.person_id) AS codes FROM second_factor f WHERE person_id = $1";
    /// Each step once, and none before it.
    USE_STEP [Uuid, Int] = "UPDATE second_factor SET step = $2 WHERE person_id = $1 AND step < $2";
    PUT_CODE [Uuid, Bytes] = "INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2) ON CONFLICT (person_id, hash) DO NOTHING";
    USE_CODE [Uuid, Bytes] = "DELETE FROM recovery_code WHERE person_id = $1 AND hash = $2";
    REMOVE_CODES [Uuid] = "DELETE FROM recovery_code WHERE person_id = $1";
    /// Whether an agent holds a key on a group that asks for one.
    NEEDS_FACTOR [Uuid] = "SELECT count(*) FROM permission_group q JOIN person p ON p.id = $1 WHERE q.second_factor = 1 AND p.kind = 'agent' AND ( \
        EXISTS (SELECT 1 FROM agent_grant g WHERE g.person_id = p.id AND g.group_id = q.id) \
        OR EXISTS (SELECT 1 FROM role_member m JOIN role_grant r ON r.role_id = m.role_id WHERE m.person_id = p.id AND r.group_id = q.id))";
    GUARDED_GROUPS [] = "SELECT id FROM permission_group WHERE second_factor = 1 ORDER BY id";
    GUARD_GROUP [Uuid, Int] = "UPDATE permission_group SET second_factor = $2 WHERE id = $1";

    // Profiles.
    PROFILE [Uuid] = "SELECT p.language, p.zone, p.date_format, f.hash FROM person p LEFT JOIN portrait f ON f.person_id = p.id WHERE p.id = $1";
    SET_PROFILE [Uuid, Text, Text, Text] = "UPDATE person SET language = $2, zone = $3, date_format = $4 WHERE id = $1";
    SET_NAME [Uuid, Text, Text] = "UPDATE person SET name = $2, sort_key = $3, found_by = $3 || ' ' || coalesce(lower(login), '') || ' ' || coalesce(lower(email), '') WHERE id = $1";
    PICTURE [Uuid] = "SELECT f.hash, c.size FROM portrait f JOIN content c ON c.hash = f.hash WHERE f.person_id = $1";
    PUT_PICTURE [Uuid, Bytes] = "INSERT INTO portrait (person_id, hash) VALUES ($1, $2)";
    REMOVE_PICTURE [Uuid] = "DELETE FROM portrait WHERE person_id = $1";
    RELEASE_PICTURE [Uuid] = "UPDATE content SET idle_since = 0 WHERE hash IN (SELECT hash FROM portrait WHERE person_id = $1)";

    // Groups, roles, grants.
    MAKE_GROUP [Uuid, Text] = "INSERT INTO permission_group (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    GROUP_NAMED [Text] = "SELECT id FROM permission_group WHERE name = $1";
    GROUPS [] = "SELECT id, name FROM permission_group ORDER BY name";
    MAKE_ROLE [Uuid, Text] = "INSERT INTO role (id, name) VALUES ($1, $2)";
    ROLE_NAMED [Text] = "SELECT id FROM role WHERE name = $1";
    GRANT_AGENT [Uuid, Uuid, Text] = "INSERT INTO agent_grant (person_id, group_id, permission_key) VALUES ($1, $2, $3) ON CONFLICT (person_id, group_id, permission_key) DO NOTHING";
    REVOKE_AGENT [Uuid, Uuid, Text] = "DELETE FROM agent_grant WHERE person_id = $1 AND group_id = $2 AND permission_key = $3";
    GRANT_ROLE [Uuid, Uuid, Text] = "INSERT INTO role_grant (role_id, group_id, permission_key) VALUES ($1, $2, $3) ON CONFLICT (role_id, group_id, permission_key) DO NOTHING";
    REVOKE_ROLE [Uuid, Uuid, Text] = "DELETE FROM role_grant WHERE role_id = $1 AND group_id = $2 AND permission_key = $3";
    AGENT_HOLDS [Uuid, Uuid, Text] = "SELECT count(*) FROM agent_grant WHERE person_id = $1 AND group_id = $2 AND permission_key = $3";
    ROLE_HOLDS [Uuid, Uuid, Text] = "SELECT count(*) FROM role_grant WHERE role_id = $1 AND group_id = $2 AND permission_key = $3";
    IS_IN_ROLE [Uuid, Uuid] = "SELECT count(*) FROM role_member WHERE role_id = $1 AND person_id = $2";
    STORED_EMAIL_OF [Uuid] = "SELECT email FROM person WHERE id = $1";
    ADD_ROLE_MEMBER [Uuid, Uuid] = "INSERT INTO role_member (role_id, person_id) VALUES ($1, $2) ON CONFLICT (role_id, person_id) DO NOTHING";
    REMOVE_ROLE_MEMBER [Uuid, Uuid] = "DELETE FROM role_member WHERE role_id = $1 AND person_id = $2";

    // Channels and snippets.
    COUNT_DEFAULT_CHANNELS [] = "SELECT count(*) FROM channel WHERE is_default = 1";
    MAKE_CHANNEL [Uuid, Text, Text, Uuid, Int, Int, Int, Int, Text, Text, Text, Int] = "INSERT INTO channel (id, name, sort_key, group_id, for_customer_users, for_public_users, reply_target_s, valid, comment, hours, texts, is_default) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHANGE_CHANNEL [Uuid, Text, Text, Uuid, Int, Int, Int, Int, Text, Text, Text] = "UPDATE channel SET name = $2, sort_key = $3, group_id = $4, for_customer_users = $5, for_public_users = $6, reply_target_s = $7, valid = $8, comment = $9, hours = $10, texts = $11 WHERE id = $1";
    MAKE_SNIPPET [Uuid, Text, Text, Uuid, Text, Int, Text, Int] = "INSERT INTO snippet (id, public_id, title, channel_id, sites, valid, look, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE_SNIPPET [Uuid, Text, Uuid, Text, Int, Text] = "UPDATE snippet SET title = $2, channel_id = $3, sites = $4, valid = $5, look = $6 WHERE id = $1";
    SNIPPETS [] = "SELECT id, public_id, title, channel_id, sites, valid, look FROM snippet ORDER BY public_id";
    SNIPPET_NAMED [Text] = "SELECT id, public_id, title, channel_id, sites, valid, look FROM snippet WHERE public_id = $1";
    SNIPPET [Uuid] = "SELECT id, public_id, title, channel_id, sites, valid, look FROM snippet WHERE id = $1";

    PUT_LOGO [Bytes, Bytes] = "INSERT INTO look (one, logo, hash) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET logo = excluded.logo, hash = excluded.hash";
    REMOVE_LOGO [] = "DELETE FROM look";
    LOGO_HASH [] = "SELECT hash FROM look";
    LOGO [] = "SELECT logo, hash FROM look";

    // Signed identities.
    MAKE_IDENTITY_KEY [Uuid, Uuid, Bytes, Int] = "INSERT INTO identity_key (id, snippet_id, sealed, created_at) VALUES ($1, $2, $3, $4)";
    REMOVE_IDENTITY_KEY [Uuid] = "DELETE FROM identity_key WHERE id = $1";
    /// The oldest first.
    IDENTITY_KEYS [Uuid] = "SELECT id, sealed, created_at FROM identity_key WHERE snippet_id = $1 ORDER BY created_at, id";
    IDENTIFIED [Uuid, Text] = "SELECT p.id, p.name, i.email FROM identity i JOIN person p ON p.id = i.person_id WHERE i.snippet_id = $1 AND i.subject = $2";
    IDENTITY_OF [Uuid] = "SELECT subject, email FROM identity WHERE person_id = $1";
    MAKE_IDENTITY [Uuid, Text, Uuid, Text] = "INSERT INTO identity (snippet_id, subject, person_id, email) VALUES ($1, $2, $3, $4)";
    CHANGE_IDENTITY [Uuid, Text] = "UPDATE identity SET email = $2 WHERE person_id = $1";
    RENAME_VISITOR [Uuid, Text, Text] = "UPDATE person SET name = $2, sort_key = $3 WHERE id = $1 AND kind = 'public_user'";
    REMOVE_IDENTITY [Uuid] = "DELETE FROM identity WHERE person_id = $1";
    REMOVE_IDENTITY_OF_NOBODY [Uuid] = "DELETE FROM identity WHERE person_id = $1 AND NOT EXISTS (SELECT 1 FROM chat_member m WHERE m.person_id = $1)";
    /// All but the newest ones ($2) of a visitor.
    END_OLD_SESSIONS_OF [Uuid, Int] = "DELETE FROM session WHERE person_id = $1 AND token_hash NOT IN (SELECT token_hash FROM session WHERE person_id = $1 ORDER BY created_at DESC, token_hash LIMIT $2)";

    // Who is here, and who is out of office.
    AGENT_CARDS [] = "SELECT p.id, p.kind, p.name, p.sort_key, p.login, CAST(NULL AS TEXT) AS company, p.availability, p.zone, f.hash AS picture FROM person p LEFT JOIN portrait f ON f.person_id = p.id \
        WHERE p.kind = 'agent' AND p.valid = 1 AND p.login IS NOT NULL";
    CUSTOMER_USER [Uuid] = "SELECT p.name, p.login, p.email, c.name AS company FROM person p LEFT JOIN company c ON c.id = p.company_id \
        WHERE p.id = $1 AND p.kind = 'customer_user' AND p.login IS NOT NULL";
    ALL_OUT_OF_OFFICE [] = "SELECT person_id, from_day, to_day FROM out_of_office ORDER BY person_id, n";
    OUT_OF_OFFICE [Uuid] = "SELECT from_day, to_day FROM out_of_office WHERE person_id = $1 ORDER BY n";
    ZONE_OF [Uuid] = "SELECT zone FROM person WHERE id = $1";
    SET_ZONE [Uuid, Text] = "UPDATE person SET zone = $2 WHERE id = $1";
    CLEAR_OUT_OF_OFFICE [Uuid] = "DELETE FROM out_of_office WHERE person_id = $1";
    ADD_OUT_OF_OFFICE [Uuid, Int, Text, Text] = "INSERT INTO out_of_office (person_id, n, from_day, to_day) VALUES ($1, $2, $3, $4)";
    BEAT [Uuid, Int, Int] = "INSERT INTO node (id, beat, version, beat_at) VALUES ($1, 1, $2, $3) ON CONFLICT (id) DO UPDATE SET beat = node.beat + 1, version = excluded.version, beat_at = excluded.beat_at";
    NODES [] = "SELECT id, beat, version FROM node";
    PRESENCE_SINCE [Uuid, Int] = "SELECT person_id, kind, connections, active_at, gone_at FROM presence WHERE node_id = $1 AND version > $2";
    FORGET_NODE [Uuid] = "DELETE FROM node WHERE id = $1";
    FORGET_PRESENCE [Uuid] = "DELETE FROM presence WHERE node_id = $1";
    SWEEP_NODES [Int] = "DELETE FROM node WHERE beat_at < $1";
    /// Of nodes that are no more, and who has been gone since before $1.
    SWEEP_PRESENCE [Int] = "DELETE FROM presence WHERE gone_at < $1 OR NOT EXISTS (SELECT 1 FROM node n WHERE n.id = presence.node_id)";
    OPEN_WITH_EXTERNALS [Int] = "SELECT c.id, c.channel_id, c.last_at, m.name, m.role FROM ( \
            SELECT h.id, h.channel_id, h.last_at FROM chat h WHERE h.state = 'open' \
            AND EXISTS (SELECT 1 FROM chat_member x WHERE x.chat_id = h.id AND x.role = 'external') ORDER BY h.last_at DESC, h.id LIMIT $1 \
        ) c JOIN chat_member m ON m.chat_id = c.id WHERE m.role = 'external' OR (m.present = 1 AND m.role IN ('owner', 'participant')) \
        ORDER BY c.last_at DESC, c.id, m.n";
    COUNT_OPEN_WITH_EXTERNALS [] = "SELECT h.channel_id, count(*) AS open FROM chat h WHERE h.state = 'open' \
        AND EXISTS (SELECT 1 FROM chat_member x WHERE x.chat_id = h.id AND x.role = 'external') GROUP BY h.channel_id";

    // The archive's index. SQLite calls a document's number its rowid.
    UNINDEXED [Int] = "SELECT id, indexed FROM chat WHERE state = 'closed' AND to_index = 1 ORDER BY closed_at, id LIMIT $1";
    /// The numbers of the one it was begun from and of those it was put into.
    TICKETS_OF_CHAT [Uuid] = "SELECT t.number FROM chat c JOIN ticket t ON t.id = c.ticket_id WHERE c.id = $1 \
        UNION SELECT * FROM (SELECT subject FROM entry WHERE chat_id = $1 AND kind = 'attached' AND subject IS NOT NULL ORDER BY seq LIMIT 50) e";
    DOCUMENTS_OF [Uuid] = "SELECT doc FROM chat WHERE id = $1";
    GIVE_DOCUMENTS [Int] = "UPDATE document_count SET last = last + $1 WHERE one = 1 RETURNING last";
    /// Only if the chat is as it was when the documents were made.
    INDEXED [Uuid, Int, Int, Int, Int, Int] = "UPDATE chat SET doc = $3, indexed = $4, to_index = $5 WHERE id = $1 AND fence = $2 AND to_index = 1 AND indexed = $6";
    /// A JSON array of arrays: how far behind the first, and the tokens.
    PUT_DOCUMENTS @Sqlite [Int, Text] = "INSERT INTO document (rowid, tokens) SELECT $1 + (value ->> 0), value ->> 1 FROM json_each($2)";
    PUT_DOCUMENTS_PG @Postgres [Int, Text] = "INSERT INTO document (doc, tokens) SELECT $1 + (value ->> 0)::bigint, (value ->> 1)::tsvector FROM jsonb_array_elements($2::text::jsonb) d (value)";
    TAKE_DOCUMENTS @Sqlite [Int, Int] = "DELETE FROM document WHERE rowid >= $1 AND rowid <= $2";
    TAKE_DOCUMENTS_PG @Postgres [Int, Int] = "DELETE FROM document WHERE doc >= $1 AND doc <= $2";
    SEARCH @Sqlite [Text, Int, Int, Int] = "SELECT f.doc, c.id, c.doc AS first FROM (SELECT rowid AS doc FROM document WHERE document MATCH $1 AND rowid < $2 AND rowid >= $3 ORDER BY rowid DESC LIMIT $4) f \
        JOIN chat c ON c.doc = (SELECT max(x.doc) FROM chat x WHERE x.doc <= f.doc) ORDER BY f.doc DESC";
    SEARCH_PG @Postgres [Text, Int, Int, Int] = "SELECT f.doc, c.id, c.doc AS first FROM (SELECT doc FROM document WHERE tokens @@ CAST(CAST($1 AS TEXT) AS TSQUERY) AND doc < $2 AND doc >= $3 ORDER BY doc DESC LIMIT $4) f \
        JOIN chat c ON c.doc = (SELECT max(x.doc) FROM chat x WHERE x.doc <= f.doc) ORDER BY f.doc DESC";
    DOCUMENTS_OF_TIME [Int, Int] = "SELECT coalesce(min(doc), 0) AS first, coalesce(max(doc + head) + 1, 0) AS last FROM chat WHERE state = 'closed' AND closed_at >= $1 AND closed_at < $2";

    // Errands to a connected ticket system.
    PUT_ERRAND [Uuid, Uuid, Uuid, Bytes, Uuid, Text, Int, Int] = "INSERT INTO errand (id, person_id, cid, digest, chat_id, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (cid, person_id) DO NOTHING";
    ERRAND_OF_COMMAND [Uuid, Uuid] = "SELECT id, person_id, cid, digest, chat_id, payload, parts, ticket, number, created_at, due_at, tries, told, done_at FROM errand WHERE cid = $1 AND person_id = $2";
    ERRAND [Uuid] = "SELECT id, person_id, cid, digest, chat_id, payload, parts, ticket, number, created_at, due_at, tries, told, done_at FROM errand WHERE id = $1";
    /// One that is not done goes on under another command of the same content.
    TAKE_OVER_ERRAND [Bytes, Uuid, Uuid] = "UPDATE errand SET person_id = $2, cid = $3 WHERE id = (SELECT id FROM errand WHERE digest = $1 AND done_at IS NULL ORDER BY id LIMIT 1) AND done_at IS NULL";
    HOLD_ERRAND [Uuid, Int, Int] = "UPDATE errand SET held_until = $2, tries = tries + 1 WHERE id = $1 AND held_until < $3 AND done_at IS NULL";
    KEEP_ERRAND [Uuid, Int] = "UPDATE errand SET held_until = $2 WHERE id = $1 AND done_at IS NULL";
    SET_ERRAND_PARTS [Uuid, Text] = "UPDATE errand SET parts = $2 WHERE id = $1";
    SET_ERRAND_TICKET [Uuid, Int, Text] = "UPDATE errand SET ticket = $2, number = $3 WHERE id = $1";
    ERRAND_FAILED [Uuid, Text, Int] = "UPDATE errand SET held_until = 0, told = $2, due_at = $3 WHERE id = $1 AND done_at IS NULL";
    ERRAND_DONE [Uuid, Int] = "UPDATE errand SET held_until = 0, told = NULL, due_at = NULL, payload = NULL, done_at = $2 WHERE id = $1";
    DUE_ERRANDS [Int, Int] = "SELECT id FROM errand WHERE done_at IS NULL AND due_at <= $1 AND held_until < $1 ORDER BY due_at LIMIT $2";
    OPEN_ERRANDS [Int] = "SELECT id, person_id, cid, digest, chat_id, payload, parts, ticket, number, created_at, due_at, tries, told, done_at FROM errand WHERE done_at IS NULL ORDER BY created_at LIMIT $1";
    OPEN_ERRANDS_OF [Uuid] = "SELECT id, person_id, cid, digest, chat_id, payload, parts, ticket, number, created_at, due_at, tries, told, done_at FROM errand WHERE person_id = $1 AND done_at IS NULL ORDER BY created_at";
    LET_GO_OF_ERRANDS [] = "UPDATE errand SET held_until = 0 WHERE held_until > 0";
    SWEEP_ERRANDS [Int] = "DELETE FROM errand WHERE (done_at IS NOT NULL OR due_at IS NULL) AND created_at < $1";
    /// What a customer left, and is not there yet, goes without the chat.
    REMOVE_ERRANDS_OF_CHAT [Uuid] = "DELETE FROM errand WHERE chat_id = $1 AND (done_at IS NOT NULL OR due_at IS NULL)";
    REMOVE_ERRANDS_OF_PERSON [Uuid] = "DELETE FROM errand WHERE person_id = $1";

    // How long closed chats are kept.
    RETENTION [] = "SELECT id, name, retention_days FROM channel ORDER BY sort_key, id";
    SET_RETENTION [Uuid, Int] = "UPDATE channel SET retention_days = $2 WHERE id = $1";
    COUNT_CLOSED_BEFORE [Uuid, Int] = "SELECT count(*) FROM chat WHERE channel_id = $1 AND state = 'closed' AND closed_at < $2";
    CLOSED_BEFORE [Uuid, Int, Int] = "SELECT id FROM chat WHERE channel_id = $1 AND state = 'closed' AND closed_at < $2 ORDER BY closed_at LIMIT $3";
    /// Where the documents of a closed chat lie, and how many there may be.
    /// The first of its documents, and the last that can be its own: what came into its log since they were numbered has none, and the
    /// numbers behind them are the next chat's.
    DOCUMENTS_OF_CLOSED [Uuid] = "SELECT d.doc, CASE WHEN d.next <= d.last THEN d.next - 1 ELSE d.last END AS last FROM (SELECT c.doc, c.doc + c.head AS last, \
        (SELECT min(n.doc) FROM chat n WHERE n.doc > c.doc) AS next FROM chat c WHERE c.id = $1 AND c.state = 'closed') d";
    VISITORS_OF [Uuid] = "SELECT person_id FROM chat_member WHERE chat_id = $1 AND kind = 'public_user'";
    REMOVE_ENTRIES [Uuid] = "DELETE FROM entry WHERE chat_id = $1";
    REMOVE_MEMBERS [Uuid] = "DELETE FROM chat_member WHERE chat_id = $1";
    REMOVE_EFFECTS [Uuid] = "DELETE FROM outbox WHERE chat_id = $1";
    REMOVE_HIDDEN [Uuid] = "DELETE FROM hidden_request WHERE chat_id = $1";
    REMOVE_CHAT [Uuid] = "DELETE FROM chat WHERE id = $1";
    END_SESSIONS_OF_NOBODY [Uuid] = "DELETE FROM session WHERE person_id = $1 AND NOT EXISTS (SELECT 1 FROM chat_member m WHERE m.person_id = $1)";
    /// A visitor of whom no chat is left is nobody.
    FORGET_VISITOR [Uuid] = "UPDATE person SET name = '-', sort_key = '-', valid = 0 WHERE id = $1 AND kind = 'public_user' AND NOT EXISTS (SELECT 1 FROM chat_member m WHERE m.person_id = $1)";

    /// All chats of an external behind one, in order of id, and whether each is closed.
    CHATS_OF_PERSON [Uuid, Uuid, Int] = "SELECT c.id, CAST(CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END AS BIGINT) AS closed FROM chat_member m JOIN chat c ON c.id = m.chat_id \
        WHERE m.person_id = $1 AND m.role = 'external' AND c.id > $2 ORDER BY c.id LIMIT $3";
    ANONYMISE [Uuid] = "UPDATE person SET name = '-', sort_key = '-', found_by = '', login = NULL, password_hash = NULL, email = NULL, company_id = NULL, zone = NULL, language = NULL, date_format = NULL, valid = 0 WHERE id = $1 AND kind <> 'agent'";
    END_ALL_SESSIONS_OF [Uuid] = "DELETE FROM session WHERE person_id = $1";
    PUT_ERASURE [Uuid, Int, Int] = "INSERT INTO erasure (person_id, at, chats) VALUES ($1, $2, $3) ON CONFLICT (person_id) DO UPDATE SET at = excluded.at, chats = erasure.chats + excluded.chats";

    // What `verify` looks for; each counts rows that must not be there.
    COUNT_CHATS [] = "SELECT count(*) FROM chat";
    // What a collector of figures is told.
    CHATS_BY_STATE [] = "SELECT state, count(*) AS n FROM chat WHERE state <> 'closed' GROUP BY state";
    EFFECTS_BY_STATE [] = "SELECT state, count(*) AS n FROM outbox GROUP BY state";
    ERRANDS_BY_TRIES [] = "SELECT CASE WHEN due_at IS NULL THEN 'stuck' ELSE 'waiting' END AS state, count(*) AS n FROM errand WHERE done_at IS NULL GROUP BY CASE WHEN due_at IS NULL THEN 'stuck' ELSE 'waiting' END";
    COUNT_ENTRIES [] = "SELECT count(*) FROM entry";
    COUNT_MEMBERS [] = "SELECT count(*) FROM chat_member";
    GAPS [] = "SELECT count(*) FROM (SELECT chat_id FROM entry GROUP BY chat_id HAVING max(seq) <> count(*) OR min(seq) <> 1) x";
    PUBLIC_GAPS [] = "SELECT count(*) FROM (SELECT chat_id FROM entry WHERE public_seq IS NOT NULL GROUP BY chat_id HAVING max(public_seq) <> count(*) OR min(public_seq) <> 1 OR count(DISTINCT public_seq) <> count(*)) x";
    BROKEN_HEADS [] = "SELECT count(*) FROM chat c WHERE c.head <> (SELECT coalesce(max(e.seq), 0) FROM entry e WHERE e.chat_id = c.id) OR c.public_head <> (SELECT coalesce(max(e.public_seq), 0) FROM entry e WHERE e.chat_id = c.id)";
    DUPLICATES [] = "SELECT count(*) FROM (SELECT actor_id, cid FROM entry WHERE cid IS NOT NULL GROUP BY actor_id, cid HAVING count(*) > 1) x";
    INVERTED_SIDES [] = "SELECT count(*) FROM (SELECT public_seq - lag(public_seq) OVER (PARTITION BY chat_id ORDER BY seq) AS step FROM entry WHERE public_seq IS NOT NULL) x WHERE step < 0";
    INVERTED_TIMES [] = "SELECT count(*) FROM (SELECT at - lag(at) OVER (PARTITION BY chat_id ORDER BY seq) AS step FROM entry) x WHERE step < 0";
    LEAKED_NOTES [] = "SELECT count(*) FROM entry WHERE (kind IN ('note', 'invited', 'invitation_declined', 'attached', 'missed') OR (kind IN ('joined', 'left') AND coalesce(reason, '') = 'observer') \
        OR (kind = 'role_changed' AND coalesce(reason, '') = 'owner') OR (kind IN ('redaction', 'mailed') AND of_public_seq IS NULL) OR (kind = 'mailing' AND coalesce(reason, '') = 'agent')) <> (public_seq IS NULL)";
    /// A text that should be gone, or a redaction that took none away.
    KEPT_TEXTS [] = "SELECT (SELECT count(*) FROM entry WHERE redacted_at IS NOT NULL AND (text IS NOT NULL OR digest IS NOT NULL)) \
        + (SELECT count(*) FROM entry e WHERE e.kind = 'redaction' AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.chat_id = e.chat_id AND o.seq = e.of_seq AND o.redacted_at IS NOT NULL))";
    ORPHAN_ENTRIES [] = "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM chat c WHERE c.id = e.chat_id)";
    ORPHAN_MEMBERS [] = "SELECT count(*) FROM chat_member m WHERE NOT EXISTS (SELECT 1 FROM chat c WHERE c.id = m.chat_id) OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = m.person_id)";
    STRANGE_AUTHORS [] = "SELECT count(*) FROM entry e WHERE e.who IS NOT NULL AND NOT EXISTS (SELECT 1 FROM chat_member m WHERE m.chat_id = e.chat_id AND m.n = e.who AND m.person_id = e.actor_id)";
    ORPHAN_OUTBOX [] = "SELECT count(*) FROM outbox o WHERE (o.chat_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.chat_id = o.chat_id AND e.seq = o.seq)) \
        OR (o.ticket_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM article a WHERE a.ticket_id = o.ticket_id AND a.n = o.n))";
    /// A file without its entry, of an entry that says something else, or whose content is going.
    STRANGE_FILES [] = "SELECT count(*) FROM entry_file f WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.chat_id = f.chat_id AND e.seq = f.seq \
            AND e.kind IN ('message', 'note') AND e.text IS NOT NULL AND e.actor_id = f.person_id) \
        OR NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = f.hash AND c.size = f.size AND c.going = 0)";
    STRANGE_ATTACHMENTS [] = "SELECT count(*) FROM article_file f WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.ticket_id = f.ticket_id AND a.n = f.n AND a.author_id = f.person_id) \
        OR NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = f.hash AND c.size = f.size AND c.going = 0)";
    OVERREAD [] = "SELECT count(*) FROM chat_member m JOIN chat c ON c.id = m.chat_id WHERE m.read_seq > CASE WHEN m.role = 'external' THEN c.public_head ELSE c.head END";
    BROKEN_STATES [] = "SELECT count(*) FROM chat c WHERE (c.state = 'closed') <> (c.closed_at IS NOT NULL) OR (c.state = 'closed') <> (c.closed_reason IS NOT NULL) OR (c.state = 'requested') <> (c.waiting_since IS NOT NULL)";
    LOST_REQUESTS [] = "SELECT count(*) FROM chat c WHERE (c.addressed = 1) <> (c.state = 'requested' AND c.direction IN ('agent_to_customer', 'agent_to_agent') \
        AND EXISTS (SELECT 1 FROM chat_member m WHERE m.chat_id = c.id AND m.n = 2 AND m.joined = 0))";
    TWO_FOR_A_KEY [] = "SELECT count(*) FROM (SELECT start_key FROM chat WHERE state <> 'closed' GROUP BY start_key HAVING count(*) > 1) x";
    OF_NO_TICKET [] = "SELECT count(*) FROM chat c WHERE c.ticket_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = c.ticket_id)";
    CHATS_AFTER [Uuid, Int] = "SELECT id FROM chat WHERE id > $1 ORDER BY id LIMIT $2";

    // The ticket desk.
    MAKE_QUEUE [Uuid, Text, Text, Uuid, Uuid, Int, Text] = "INSERT INTO queue (id, name, sort_key, group_id, channel_id, valid, comment) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE_QUEUE [Uuid, Text, Text, Uuid, Uuid, Int, Text] = "UPDATE queue SET name = $2, sort_key = $3, group_id = $4, channel_id = $5, valid = $6, comment = $7 WHERE id = $1";
    COUNT_QUEUES [] = "SELECT count(*) FROM queue";
    QUEUES [] = "SELECT id, name, group_id, channel_id, valid, comment FROM queue ORDER BY sort_key, id";
    /// The row is the lock that gives new tickets of a day an order.
    NEXT_TICKET [Text] = "INSERT INTO ticket_counter (day, last) VALUES ($1, 1) ON CONFLICT (day) DO UPDATE SET last = ticket_counter.last + 1 RETURNING last";
    KNOWN_TICKET [Uuid, Uuid] = "SELECT id, number, digest FROM ticket WHERE cid = $1 AND creator_id = $2";
    MAKE_TICKET [Uuid, Text, Text, Uuid, Text, Int, Int, Uuid, Text, Text, Uuid, Uuid, Bytes, Int, Uuid, Uuid, Int, Int, Text] = "INSERT INTO ticket (id, number, title, queue_id, state, pending_until, priority, \
        customer_id, customer_name, customer_email, company_id, creator_id, cid, digest, created_at, changed_at, version, articles, owner_id, responsible_id, is_open, type) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT company_id FROM person WHERE id = $8), $11, $12, $13, $14, $14, 1, $18, $15, $16, $17, $19)";
    /// A ticket takes articles while it is open and in the queue that was asked about.
    RAISE_TICKET [Uuid, Uuid, Int, Int] = "UPDATE ticket SET version = version + 1, articles = articles + $4, to_index = 1, \
        changed_at = CASE WHEN changed_at < $3 THEN $3 ELSE changed_at END WHERE id = $1 AND queue_id = $2 AND is_open = 1 RETURNING version, articles";
    /// Only if it is as it was when the change was decided.
    CHANGE_TICKET [Uuid, Int, Text, Uuid, Text, Int, Int, Uuid, Uuid, Int, Int, Int, Text] = "UPDATE ticket SET title = $3, queue_id = $4, state = $5, pending_until = $6, priority = $7, \
        owner_id = $8, responsible_id = $9, locked = $10, is_open = $11, type = $13, version = version + 1, to_index = 1, \
        indexed = CASE WHEN title = $3 AND queue_id = $4 THEN indexed ELSE 0 END, \
        changed_at = CASE WHEN changed_at < $12 THEN $12 ELSE changed_at END WHERE id = $1 AND version = $2";
    KNOWN_ARTICLE [Uuid, Uuid] = "SELECT ticket_id, digest, n FROM article WHERE cid = $1 AND author_id = $2";
    PUT_ARTICLE [Uuid, Int, Int, Text, Text, Int, Uuid, Text, Text, Text, Uuid, Uuid, Bytes] = "INSERT INTO article (ticket_id, n, at, channel, sender, visible, author_id, author, subject, body, chat_id, cid, digest) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    /// The lines of a chat as one JSON array of arrays: one parameter, however many they are.
    PUT_ARTICLE_LINES @Sqlite [Uuid, Int, Uuid, Text] = "INSERT INTO article_line (ticket_id, n, chat_id, line, seq, at, person_id, kind, name, note, text) \
        SELECT $1, $2, $3, key + 1, value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each($4)";
    PUT_ARTICLE_LINES_PG @Postgres [Uuid, Int, Uuid, Text] = "INSERT INTO article_line (ticket_id, n, chat_id, line, seq, at, person_id, kind, name, note, text) \
        SELECT $1, $2, $3, line, (value ->> 0)::bigint, (value ->> 1)::bigint, (value ->> 2)::uuid, value ->> 3, value ->> 4, (value ->> 5)::bigint, value ->> 6 \
        FROM jsonb_array_elements($4::text::jsonb) WITH ORDINALITY AS l (value, line)";
    EMAIL_OF [Uuid] = "SELECT email FROM person WHERE id = $1 AND valid = 1";
    ARTICLE [Uuid, Int] = articles!("a.ticket_id = $1 AND a.n = $2");
    /// What of a chat is in a ticket.
    ENTRIES_IN_TICKET [Uuid, Uuid] = "SELECT DISTINCT seq FROM article_line WHERE chat_id = $1 AND ticket_id = $2";
    SET_RECIPIENT [Uuid, Int, Text] = "UPDATE article SET recipient = $3 WHERE ticket_id = $1 AND n = $2";
    /// The newest, in the order of their numbers; with 1 as the third only those that customers may read.
    ARTICLES [Uuid, Int, Int, Int] = articles!("a.ticket_id = $1 AND a.visible >= $3 AND a.n < $4 ORDER BY a.n DESC LIMIT $2");
    /// The row is the lock behind which files of an article get their numbers one after the other.
    IS_ARTICLE_OF [Uuid, Int, Uuid] = "SELECT count(*) FROM article WHERE ticket_id = $1 AND n = $2 AND author_id = $3";
    LOCK_ARTICLE [Uuid, Int, Uuid] = "UPDATE article SET n = n WHERE ticket_id = $1 AND n = $2 AND author_id = $3";
    KNOWN_ARTICLE_FILE [Uuid, Uuid] = "SELECT ticket_id, n, name, hash FROM article_file WHERE person_id = $1 AND cid = $2";
    COUNT_ARTICLE_FILES [Uuid, Int] = "SELECT count(*) FROM article_file WHERE ticket_id = $1 AND n = $2";
    PUT_ARTICLE_FILE [Uuid, Int, Int, Uuid, Uuid, Int, Text, Bytes, Text, Int, Int, Int] = "INSERT INTO article_file (ticket_id, n, file, person_id, cid, at, name, hash, type, size, width, height) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ARTICLE_FILES [Uuid, Int, Int] = "SELECT CAST(0 AS BIGINT) AS visible, n, name, hash, type, size, width, height FROM article_file WHERE ticket_id = $1 AND n >= $2 AND n <= $3 ORDER BY n, file LIMIT 5000";
    ARTICLE_FILE [Uuid, Int, Int] = "SELECT a.visible, f.n, f.name, f.hash, f.type, f.size, f.width, f.height FROM article_file f JOIN article a ON a.ticket_id = f.ticket_id AND a.n = f.n \
        WHERE f.ticket_id = $1 AND f.n = $2 AND f.file = $3";
    SENT_ARTICLE_FILE [Uuid, Uuid, Uuid] = "SELECT CAST(0 AS BIGINT) AS visible, n, name, hash, type, size, width, height FROM article_file WHERE person_id = $1 AND cid = $2 AND ticket_id = $3";
    TOUCH_TICKET [Uuid] = "UPDATE ticket SET version = version + 1 WHERE id = $1 RETURNING version";
    ARTICLE_LINES [Uuid, Int] = "SELECT at, kind, name, note, text FROM article_line WHERE ticket_id = $1 AND n = $2 ORDER BY line LIMIT 20000";
    AGENTS_IN_TICKET [Uuid] = "SELECT p.id FROM person p WHERE p.kind = 'agent' AND p.id IN (SELECT author_id FROM article WHERE ticket_id = $1 \
        UNION SELECT person_id FROM ticket_history WHERE ticket_id = $1 UNION SELECT person_id FROM article_line WHERE ticket_id = $1) ORDER BY p.id LIMIT 50";
    PUT_TICKET_HISTORY [Uuid, Int, Text, Int, Uuid, Text, Text, Text] = "INSERT INTO ticket_history (ticket_id, n, kind, at, person_id, name, old, new) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    TICKET_HISTORY [Uuid, Int] = "SELECT at, kind, name, old, new FROM (SELECT n, at, kind, name, old, new FROM ticket_history WHERE ticket_id = $1 ORDER BY n DESC, kind DESC LIMIT $2) h ORDER BY n, kind";
    TICKETS_OF_QUEUE [Uuid, Int, Uuid, Int] = tickets!("t.queue_id = $1 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    OPEN_TICKETS_OF_QUEUE [Uuid, Int, Uuid, Int] = tickets!("t.queue_id = $1 AND t.is_open = 1 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    TICKETS_OF_QUEUE_AND_STATE [Uuid, Int, Uuid, Int, Text] = tickets!("t.queue_id = $1 AND t.state = $5 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    TICKETS_OF_OWNER [Uuid, Int, Uuid, Int] = tickets!("t.owner_id = $1 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    TICKETS_OF_CUSTOMER [Uuid, Int, Uuid, Int] = tickets!("t.customer_id = $1 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    TICKETS_OF_COMPANY [Uuid, Int, Uuid, Int] = tickets!("t.company_id = $1 AND (t.changed_at, t.id) < ($2, $3) ORDER BY t.changed_at DESC, t.id DESC LIMIT $4");
    TICKET [Uuid] = tickets!("t.id = $1");
    /// Those that are to be closed by now.
    DUE_TICKETS [Int, Int] = tickets!("t.pending_until <= $1 AND t.state IN ('pending_auto_close_successful', 'pending_auto_close_unsuccessful') ORDER BY t.pending_until, t.id LIMIT $2");
    /// What a visitor left.
    TICKETS_LEFT_BY [Uuid, Int] = tickets!("t.creator_id = $1 AND t.customer_id IS NULL ORDER BY t.id LIMIT $2");
    /// What somebody wrote in tickets that are not his, and said in chats that are in them, behind a place.
    WORDS_IN_TICKETS [Uuid, Uuid, Int, Int, Int] = "SELECT w.ticket_id, w.n, w.line, t.number, w.at, w.text FROM \
        (SELECT ticket_id, n, 0 AS line, at, body AS text FROM article WHERE author_id = $1 AND body <> '' \
        UNION ALL SELECT ticket_id, n, line, at, text FROM article_line WHERE person_id = $1 AND kind IS NOT NULL AND text IS NOT NULL) w \
        JOIN ticket t ON t.id = w.ticket_id WHERE (w.ticket_id, w.n, w.line) > ($2, $3, $4) AND t.customer_id IS DISTINCT FROM $1 \
        AND NOT (t.creator_id = $1 AND t.customer_id IS NULL) ORDER BY w.ticket_id, w.n, w.line LIMIT $5";
    VISITORS_IN_TICKET [Text] = "SELECT p.id FROM person p WHERE p.kind = 'public_user' AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.person_id = p.id) AND (p.id IN (SELECT creator_id FROM ticket WHERE number = $1) \
        OR p.id IN (SELECT l.person_id FROM article_line l JOIN ticket t ON t.id = l.ticket_id WHERE t.number = $1)) ORDER BY p.id LIMIT 10";
    COMPANY_OF [Uuid] = "SELECT company_id FROM person WHERE id = $1 AND valid = 1";
    KEYS_OF [Uuid] = "SELECT g.group_id, g.permission_key FROM agent_grant g WHERE g.person_id = $1 \
        UNION SELECT r.group_id, r.permission_key FROM role_member m JOIN role_grant r ON r.role_id = m.role_id WHERE m.person_id = $1";
    READERS_OF_GROUP [Uuid] = readers!(" ORDER BY p.sort_key, p.id LIMIT 200");
    READER_OF_GROUP [Uuid, Uuid] = readers!(" AND p.id = $2");

    // Tickets by what is written in them.
    UNINDEXED_TICKETS [Int] = "SELECT id, indexed FROM ticket WHERE to_index = 1 ORDER BY changed_at, id LIMIT $1";
    ARTICLES_TO_INDEX [Uuid, Int, Int] = "SELECT n, author, subject, body, chat_id FROM article WHERE ticket_id = $1 AND n > $2 ORDER BY n LIMIT $3";
    LINES_TO_INDEX [Uuid, Int] = "SELECT CASE WHEN kind IS NULL THEN NULL ELSE name END AS name, text FROM article_line WHERE ticket_id = $1 AND n = $2 ORDER BY line LIMIT 20000";
    /// Only if the ticket is as it was when its documents were made: ticket, version, newest document, what is indexed, whether there is more, what was indexed.
    TICKET_INDEXED [Uuid, Int, Int, Int, Int, Int] = "UPDATE ticket SET doc = $3, indexed = $4, to_index = $5 WHERE id = $1 AND version = $2 AND to_index = 1 AND indexed = $6";
    PUT_TICKET_PART [Int, Uuid, Int] = "INSERT INTO ticket_part (doc, ticket_id, n) VALUES ($1, $2, $3)";
    PUT_TICKET_DOCUMENT @Sqlite [Int, Text] = "INSERT INTO ticket_document (rowid, tokens) VALUES ($1, $2)";
    PUT_TICKET_DOCUMENT_PG @Postgres [Int, Text] = "INSERT INTO ticket_document (doc, tokens) VALUES ($1, CAST(CAST($2 AS TEXT) AS TSVECTOR))";
    /// Those that begin after an article.
    TAKE_TICKET_DOCUMENTS @Sqlite [Uuid, Int] = "DELETE FROM ticket_document WHERE rowid IN (SELECT doc FROM ticket_part WHERE ticket_id = $1 AND n > $2)";
    TAKE_TICKET_DOCUMENTS_PG @Postgres [Uuid, Int] = "DELETE FROM ticket_document WHERE doc IN (SELECT doc FROM ticket_part WHERE ticket_id = $1 AND n > $2)";
    TAKE_TICKET_PARTS [Uuid, Int] = "DELETE FROM ticket_part WHERE ticket_id = $1 AND n > $2";
    SEARCH_TICKETS @Sqlite [Text, Int, Int] = tickets_found!("f.doc IN (SELECT rowid FROM ticket_document WHERE ticket_document MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3)");
    SEARCH_TICKETS_PG @Postgres [Text, Int, Int] = tickets_found!("f.doc IN (SELECT doc FROM ticket_document WHERE tokens @@ CAST(CAST($1 AS TEXT) AS TSQUERY) AND doc < $2 ORDER BY doc DESC LIMIT $3)");
    /// Whether a ticket is found by a document from here on: text, ticket, document.
    FOUND_SINCE @Sqlite [Text, Uuid, Int] = "SELECT count(*) FROM ticket_document WHERE ticket_document MATCH $1 AND rowid IN (SELECT doc FROM ticket_part WHERE ticket_id = $2 AND doc >= $3)";
    FOUND_SINCE_PG @Postgres [Text, Uuid, Int] = "SELECT count(*) FROM ticket_document WHERE tokens @@ CAST(CAST($1 AS TEXT) AS TSQUERY) AND doc IN (SELECT doc FROM ticket_part WHERE ticket_id = $2 AND doc >= $3)";
    /// A text that is taken away from a chat is taken from the tickets that hold the chat.
    TOUCH_TICKETS_OF_ENTRY [Uuid, Int] = "UPDATE ticket SET version = version + 1, to_index = 1, indexed = 0 WHERE id IN (SELECT ticket_id FROM article_line WHERE chat_id = $1 AND seq = $2)";
    REDACT_ARTICLE_LINE [Uuid, Int] = "UPDATE article_line SET text = NULL WHERE chat_id = $1 AND seq = $2 AND kind IS NOT NULL";

    // Of somebody who is erased, tickets keep neither words nor name.
    TOUCH_TICKETS_OF_PERSON [Uuid] = "UPDATE ticket SET version = version + 1, to_index = 1, indexed = 0, customer_name = NULL, customer_email = NULL, title = CASE WHEN creator_id = $1 THEN '-' ELSE title END WHERE customer_id = $1 OR creator_id = $1 OR id IN (SELECT ticket_id FROM article_line WHERE person_id = $1)";
    /// Also where he wrote in a ticket of somebody else.
    TOUCH_TICKETS_OF_AUTHOR [Uuid] = "UPDATE ticket SET version = version + 1, to_index = 1, indexed = 0 WHERE id IN (SELECT ticket_id FROM article WHERE author_id = $1)";
    /// They are not found at all until they are made anew: tickets that hold an entry, and those that somebody has to do with.
    TAKE_TICKETS_OF_ENTRY @Sqlite [Uuid, Int] = "DELETE FROM ticket_document WHERE rowid IN (SELECT doc FROM ticket_part WHERE ticket_id IN (SELECT ticket_id FROM article_line WHERE chat_id = $1 AND seq = $2))";
    TAKE_TICKETS_OF_ENTRY_PG @Postgres [Uuid, Int] = "DELETE FROM ticket_document WHERE doc IN (SELECT doc FROM ticket_part WHERE ticket_id IN (SELECT ticket_id FROM article_line WHERE chat_id = $1 AND seq = $2))";
    TAKE_TICKETS_OF_PERSON @Sqlite [Uuid] = "DELETE FROM ticket_document WHERE rowid IN (SELECT doc FROM ticket_part WHERE ticket_id IN (SELECT id FROM ticket WHERE customer_id = $1 OR creator_id = $1 UNION SELECT ticket_id FROM article_line WHERE person_id = $1 UNION SELECT ticket_id FROM article WHERE author_id = $1))";
    TAKE_TICKETS_OF_PERSON_PG @Postgres [Uuid] = "DELETE FROM ticket_document WHERE doc IN (SELECT doc FROM ticket_part WHERE ticket_id IN (SELECT id FROM ticket WHERE customer_id = $1 OR creator_id = $1 UNION SELECT ticket_id FROM article_line WHERE person_id = $1 UNION SELECT ticket_id FROM article WHERE author_id = $1))";
    ERASE_ARTICLE_LINES [Uuid] = "UPDATE article_line SET text = NULL, name = '-' WHERE person_id = $1";
    RELEASE_ARTICLE_FILES [Uuid] = "UPDATE content SET idle_since = 0 WHERE hash IN (SELECT hash FROM article_file WHERE person_id = $1)";
    ERASE_ARTICLE_FILES [Uuid] = "DELETE FROM article_file WHERE person_id = $1";
    ERASE_ARTICLES [Uuid] = "UPDATE article SET author = '-', subject = '-', body = '' WHERE author_id = $1";
    /// He stays a ticket's customer, without an address that is his.
    ERASE_RECIPIENTS [Uuid] = "UPDATE article SET recipient = '-' WHERE recipient IS NOT NULL AND ticket_id IN (SELECT id FROM ticket WHERE customer_id = $1 OR creator_id = $1)";
    ERASE_OLD_TITLES [Uuid] = "UPDATE ticket_history SET old = '-', new = '-' WHERE kind = 'title_update' AND ticket_id IN (SELECT id FROM ticket WHERE creator_id = $1)";
    ERASE_TICKET_HISTORY [Uuid] = "UPDATE ticket_history SET name = '-', new = CASE WHEN kind = 'attach_file' THEN '-' ELSE new END WHERE person_id = $1";

    /// Customer users by name, login, address or company.
    CUSTOMERS_LIKE [Text, Int] = "SELECT p.id, p.name, p.email, c.name AS company FROM person p LEFT JOIN company c ON c.id = p.company_id \
        WHERE p.kind = 'customer_user' AND p.valid = 1 AND p.login IS NOT NULL AND (p.found_by LIKE $1 ESCAPE '!' OR c.sort_key LIKE $1 ESCAPE '!') ORDER BY p.sort_key, p.id LIMIT $2";
}

/// Raises many heads at once, as RAISE_HEAD does one: chat, fence, permission epoch, entries, public entries, at.
pub fn raise_heads(n: usize) -> String {
    format!(
        "WITH v (id, fence, epoch, n, m, at) AS (VALUES {}) UPDATE chat SET head = chat.head + v.n, public_head = chat.public_head + v.m, \
         last_at = CASE WHEN chat.last_at < v.at THEN v.at ELSE chat.last_at END FROM v WHERE chat.id = v.id AND chat.fence = v.fence \
         AND (v.epoch < 0 OR v.epoch = (SELECT permission_epoch FROM installation WHERE one = 1)) \
         RETURNING chat.id, chat.head, chat.public_head, chat.last_at, (SELECT permission_epoch FROM installation WHERE one = 1) AS permission_epoch",
        rows(n, 6)
    )
}

/// Inserts entries; one whose client id its actor used before is left out.
pub fn insert_entries(n: usize) -> String {
    format!(
        "INSERT INTO entry (chat_id, seq, public_seq, at, who, actor_id, cid, kind, text, reason, digest, subject, subject_id, of_seq, of_public_seq) VALUES {} \
         ON CONFLICT (actor_id, cid) WHERE cid IS NOT NULL DO NOTHING",
        rows(n, 15)
    )
}

/// Which of these client ids are known: actor, cid.
pub fn known(n: usize) -> String {
    format!(
        "WITH v (actor_id, cid) AS (VALUES {}) SELECT e.actor_id, e.cid, e.chat_id, e.seq, e.public_seq, e.digest FROM entry e JOIN v ON e.actor_id = v.actor_id AND e.cid = v.cid",
        rows(n, 2)
    )
}

/// How these persons are listed.
pub fn cards(n: usize) -> String {
    let ids: Vec<_> = (1..=n).map(|id| format!("${id}")).collect();
    format!(
        "SELECT p.id, p.kind, p.name, p.sort_key, p.login, c.name AS company, p.availability, p.zone, f.hash AS picture FROM person p \
         LEFT JOIN company c ON c.id = p.company_id LEFT JOIN portrait f ON f.person_id = p.id WHERE p.login IS NOT NULL AND p.id IN ({})",
        ids.join(", ")
    )
}

/// How far the logs of these chats reach.
pub fn heads(n: usize) -> String {
    let ids: Vec<_> = (1..=n).map(|id| format!("${id}")).collect();
    format!(
        "SELECT id, head, public_head, fence FROM chat WHERE id IN ({})",
        ids.join(", ")
    )
}

/// What administrators see of these accounts beside their names.
pub fn account_details(n: usize) -> String {
    format!(
        "SELECT p.id, p.email, CAST(CASE WHEN p.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password, \
         (SELECT count(*) FROM second_factor f WHERE f.person_id = p.id) AS factors FROM person p WHERE p.id IN ({})",
        list(n)
    )
}

/// The roles of these agents.
pub fn roles_of_agents(n: usize) -> String {
    format!(
        "SELECT m.person_id, r.name FROM role_member m JOIN role r ON r.id = m.role_id WHERE m.person_id IN ({}) ORDER BY r.name",
        list(n)
    )
}

/// The keys that these agents hold themselves.
pub fn keys_of_agents(n: usize) -> String {
    format!(
        "SELECT g.person_id, a.name, g.permission_key FROM agent_grant g JOIN permission_group a ON a.id = g.group_id \
         WHERE g.person_id IN ({}) ORDER BY a.name, g.permission_key",
        list(n)
    )
}

/// The newest record in the audit log of each of these subjects, which go by kind and name.
pub fn newest_records(n: usize) -> String {
    let pairs: Vec<_> = (0..n)
        .map(|at| format!("(kind = ${} AND subject = ${})", 2 * at + 1, 2 * at + 2))
        .collect();
    format!(
        "SELECT subject, CAST(max(n) AS BIGINT) AS newest FROM audit WHERE {} GROUP BY subject",
        pairs.join(" OR ")
    )
}

/// Up to where the members of these chats have read who are in them.
pub fn reads(n: usize) -> String {
    format!(
        "SELECT chat_id, person_id, read_seq FROM chat_member WHERE read_seq > 0 AND present = 1 AND chat_id IN ({})",
        list(n)
    )
}

/// Chats by id.
pub fn chats(n: usize) -> String {
    format!(
        "SELECT id, channel_id, direction, ticket_id, state, closed_reason, created_at, waiting_since, closed_at, last_at, head, public_head, fence \
         FROM chat WHERE id IN ({})",
        list(n)
    )
}

/// Who takes or took part in these chats.
pub fn members_of(n: usize) -> String {
    format!(
        "SELECT chat_id, n, person_id, kind, role, name, company, present, joined, shown, invited_role, invited_by, invited_note, invited_at \
         FROM chat_member WHERE chat_id IN ({}) ORDER BY chat_id, n",
        list(n)
    )
}

/// Entries by chat and seq.
pub fn entries_at(n: usize) -> String {
    format!(
        "WITH v (chat_id, seq) AS (VALUES {}) \
         SELECT e.chat_id, e.seq, e.public_seq, e.at, e.who, CASE WHEN m.role = 'external' THEN 1 ELSE m.shown + 1 END AS public_who, \
         e.actor_id, e.cid, e.kind, e.text, e.reason, e.subject, e.subject_id, e.of_seq, e.of_public_seq, e.redacted_at, \
         f.hash AS file_hash, f.type AS file_type, f.size AS file_size, f.width, f.height \
         FROM v JOIN entry e ON e.chat_id = v.chat_id AND e.seq = v.seq LEFT JOIN chat_member m ON m.chat_id = e.chat_id AND m.n = e.who \
         LEFT JOIN entry_file f ON f.chat_id = e.chat_id AND f.seq = e.seq",
        rows(n, 2)
    )
}

fn list(n: usize) -> String {
    let all: Vec<_> = (1..=n).map(|at| format!("${at}")).collect();
    all.join(", ")
}

/// What a node knows of its people.
pub fn put_presence(n: usize) -> String {
    format!(
        "INSERT INTO presence (node_id, person_id, kind, connections, active_at, gone_at, version) VALUES {} \
         ON CONFLICT (node_id, person_id) DO UPDATE SET connections = excluded.connections, active_at = excluded.active_at, \
         gone_at = excluded.gone_at, version = excluded.version",
        rows(n, 7)
    )
}

pub const BUILDERS: &[Builder] = &[
    Builder {
        name: "raise_heads",
        build: raise_heads,
        row: &[P::Uuid, P::Int, P::Int, P::Int, P::Int, P::Int],
    },
    Builder {
        name: "insert_entries",
        build: insert_entries,
        row: &[
            P::Uuid,
            P::Int,
            P::Int,
            P::Int,
            P::Int,
            P::Uuid,
            P::Uuid,
            P::Text,
            P::Text,
            P::Text,
            P::Bytes,
            P::Text,
            P::Uuid,
            P::Int,
            P::Int,
        ],
    },
    Builder {
        name: "known",
        build: known,
        row: &[P::Uuid, P::Uuid],
    },
    Builder {
        name: "cards",
        build: cards,
        row: &[P::Uuid],
    },
    Builder {
        name: "heads",
        build: heads,
        row: &[P::Uuid],
    },
    Builder {
        name: "account_details",
        build: account_details,
        row: &[P::Uuid],
    },
    Builder {
        name: "roles_of_agents",
        build: roles_of_agents,
        row: &[P::Uuid],
    },
    Builder {
        name: "keys_of_agents",
        build: keys_of_agents,
        row: &[P::Uuid],
    },
    Builder {
        name: "newest_records",
        build: newest_records,
        row: &[P::Text, P::Text],
    },
    Builder {
        name: "reads",
        build: reads,
        row: &[P::Uuid],
    },
    Builder {
        name: "chats",
        build: chats,
        row: &[P::Uuid],
    },
    Builder {
        name: "members_of",
        build: members_of,
        row: &[P::Uuid],
    },
    Builder {
        name: "entries_at",
        build: entries_at,
        row: &[P::Uuid, P::Int],
    },
    Builder {
        name: "put_presence",
        build: put_presence,
        row: &[P::Uuid, P::Uuid, P::Text, P::Int, P::Int, P::Int, P::Int],
    },
];

/// Parameters of a chat, and of an entry, in [`messages_at_once`].
pub const RAISE_WIDTH: usize = 5;
pub const INSERT_WIDTH: usize = 10;

/// SQLite only: a transaction that raises the heads of `chats` (id, fence, entries, public entries, at; then the permission epoch)
/// and inserts `entries` counted back from them (chat, fence, how far back, on the public side, who, actor, cid, kind, text,
/// digest; then the permission epoch again). Answers with the heads. Rows of nothing but NULL match nothing.
///
/// Placeholders are bare: SQLite looks numbered ones up in a list, once for each, which makes long statements quadratic.
pub fn messages_at_once(chats: usize, entries: usize) -> String {
    format!(
        "BEGIN IMMEDIATE; \
         WITH v (id, fence, n, m, at) AS (VALUES {}) UPDATE chat SET head = chat.head + v.n, public_head = chat.public_head + v.m, \
         last_at = CASE WHEN chat.last_at < v.at THEN v.at ELSE chat.last_at END FROM v WHERE chat.id = v.id AND chat.fence = v.fence \
         AND (SELECT permission_epoch FROM installation WHERE one = 1) = ? RETURNING chat.id, chat.head, chat.public_head, chat.last_at; \
         WITH v (chat_id, fence, back, public_back, who, actor_id, cid, kind, text, digest) AS (VALUES {}) \
         INSERT INTO entry (chat_id, seq, public_seq, at, who, actor_id, cid, kind, text, digest) \
         SELECT v.chat_id, c.head - v.back, c.public_head - v.public_back, c.last_at, v.who, v.actor_id, v.cid, v.kind, v.text, v.digest \
         FROM v CROSS JOIN chat c ON c.id = v.chat_id AND c.fence = v.fence \
         WHERE (SELECT permission_epoch FROM installation WHERE one = 1) = ?; \
         COMMIT",
        bare_rows(chats, RAISE_WIDTH),
        bare_rows(entries, INSERT_WIDTH)
    )
}

fn bare_rows(n: usize, width: usize) -> String {
    let row = format!("({})", vec!["?"; width].join(", "));
    vec![row; n].join(", ")
}

fn rows(n: usize, width: usize) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(n * width * 6);
    for row in 0..n {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            let comma = if column == 0 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(text, "{comma}${}", row * width + column + 1);
        }
        text.push(')');
    }
    text
}

/// The type a column is copied as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
    Bytes,
    /// PostgreSQL's own; elsewhere bytes.
    Uuid,
}

/// Names are quoted: they come from the catalogue, and a table may be called like a word of SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn joined(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

/// Every row of a table as a line of JSON, bytes in hex.
pub fn lines_of(engine: Engine, table: &str, columns: &[(&str, Kind)]) -> String {
    let value = |(name, kind): &(&str, Kind)| {
        let name = quoted(name);
        match (engine, kind) {
            (_, Kind::Int | Kind::Text) => name,
            (Engine::Sqlite, _) => format!("CASE WHEN {name} IS NULL THEN NULL ELSE lower(hex({name})) END"),
            (Engine::Postgres, Kind::Bytes) => format!("encode({name}, 'hex')"),
            (Engine::Postgres, Kind::Uuid) => format!("encode(uuid_send({name}), 'hex')"),
        }
    };
    let (values, table) = (joined(columns.iter().map(value)), quoted(table));
    match engine {
        Engine::Sqlite => format!("SELECT json_array({values}) FROM {table}"),
        Engine::Postgres => format!("SELECT json_build_array({values})::text FROM {table}"),
    }
}

/// Puts rows into a table, given as one JSON array ($1) of what [`lines_of`] makes.
pub fn put_lines(engine: Engine, table: &str, columns: &[(&str, Kind)]) -> String {
    let value = |(n, (_, kind)): (usize, &(&str, Kind))| match (engine, kind) {
        (Engine::Sqlite, Kind::Int | Kind::Text) => format!("value ->> {n}"),
        (Engine::Sqlite, _) => format!("unhex(value ->> {n})"),
        (Engine::Postgres, Kind::Int) => format!("(value ->> {n})::bigint"),
        (Engine::Postgres, Kind::Text) => format!("value ->> {n}"),
        (Engine::Postgres, Kind::Bytes) => format!("decode(value ->> {n}, 'hex')"),
        (Engine::Postgres, Kind::Uuid) => format!("(value ->> {n})::uuid"),
    };
    let values = joined(columns.iter().enumerate().map(value));
    let (table, names) = (quoted(table), joined(columns.iter().map(|(name, _)| quoted(name))));
    let rows = match engine {
        Engine::Sqlite => "json_each($1)",
        Engine::Postgres => "jsonb_array_elements($1::jsonb) AS r(value)",
    };
    format!("INSERT INTO {table} ({names}) SELECT {values} FROM {rows}")
}

pub fn count_rows(table: &str) -> String {
    format!("SELECT count(*) FROM {}", quoted(table))
}

pub fn clear(table: &str) -> String {
    format!("DELETE FROM {}", quoted(table))
}

/// Contents that rows of these tables refer to, by their columns named hash.
pub fn contents_of(tables: &[&str]) -> String {
    let of = |table: &&str| format!("EXISTS (SELECT 1 FROM {0} f WHERE f.hash = c.hash)", quoted(table));
    let any = tables.iter().map(of).collect::<Vec<_>>().join(" OR ");
    format!("SELECT c.hash, c.size FROM content c WHERE c.going = 0 AND ({any}) ORDER BY c.hash")
}

/// PostgreSQL only: what is in a schema stays there under another name, and an empty one takes its place.
pub fn put_schema_aside(schema: &str, aside: &str) -> [String; 2] {
    let (schema, aside) = (quoted(schema), quoted(aside));
    [
        format!("ALTER SCHEMA {schema} RENAME TO {aside}"),
        format!("CREATE SCHEMA {schema}"),
    ]
}

/// Where in the migrations a table is made.
pub fn made_at(migrations: &str, table: &str) -> Option<usize> {
    migrations.find(&format!("CREATE TABLE {table} ("))
}

/// Whether a line of a migration removes what cannot be made again.
pub fn takes_away(line: &str) -> bool {
    ["DROP TABLE ", "DELETE FROM "]
        .iter()
        .any(|words| line.starts_with(words))
        || line.contains(" DROP COLUMN ")
}
