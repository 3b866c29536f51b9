//! The types reach TypeScript from their one definition. Mend with `UPDATE=1 cargo test -p wire`.

use std::{env, fs, path::Path};
use ts_rs::{Config, TS};

macro_rules! declarations {
    ($cfg:expr, $($t:ty),* $(,)?) => {
        [$((<$t as TS>::docs(), <$t as TS>::decl(&$cfg))),*]
    };
}

fn typescript() -> String {
    use wire::*;
    let cfg = Config::new().with_large_int("number");
    let all = declarations!(
        cfg,
        Problem,
        PersonKind,
        Availability,
        ChatState,
        ClosedReason,
        ReturnedReason,
        Role,
        ChatCan,
        EntryView,
        EntryWhat,
        MemberView,
        ChannelRef,
        ChatView,
        ChatSummary,
        RequestView,
        MyChannel,
        OfferedChannel,
        Me,
        Position,
        Head,
        ClientFrame,
        ServerFrame,
        Surface,
        SignIn,
        ChangePassword,
        Setup,
        SetupNeeded,
        SignedIn,
        SnippetView,
        NewVisitor,
        Visitor,
        StartChat,
        Started,
        SayKind,
        Say,
        Said,
        Act,
        ReadUpTo,
        ChatSnapshot,
        Entries,
        Requests,
        Chats,
        SetAvailability,
        SetChannels,
        Offer,
        Done,
    );
    let mut out = String::from("// Made from crates/wire by `UPDATE=1 cargo test -p wire`. Do not edit.\n");
    for (docs, decl) in all {
        out.push('\n');
        out.push_str(&docs.unwrap_or_default());
        out.push_str("export ");
        out.push_str(&decl);
        out.push('\n');
    }
    out
}

#[test]
fn typescript_is_what_the_types_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/api/generated.ts");
    let now = typescript();
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == now,
        "web/api/generated.ts is stale; mend it with: UPDATE=1 cargo test -p wire"
    );
}
