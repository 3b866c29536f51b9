//! What is administered: with a record of it or not at all, on what was seen, one after the other.

use crate::desk::*;
use domain::{GroupId, Instant, Key, PersonId};
use sha2::{Digest, Sha256};
use store::{AdminChange, Administered, Administrator, AuditRecord, Holder, NewPerson, Store, StoreError};
use uuid::Uuid;

both!(
    a_change_and_its_record_are_written_together_on_what_was_seen,
    of_many_at_once_each_is_written_on_what_it_saw,
    somebody_who_administers_is_left,
    the_hashes_are_worked_out_as_the_manual_says,
);

fn lease(old: &str, new: &str) -> Administered {
    Administered {
        change: AdminChange::Setting {
            name: "lease_s",
            value: Some(new.into()),
        },
        kind: "setting",
        subject: "lease_s".into(),
        old: Some(old.into()),
        new: Some(new.into()),
    }
}

fn by_maren() -> Administrator {
    Administrator {
        id: Some(maren().id),
        name: "Maren Holt".into(),
    }
}

async fn all(store: &Store) -> Vec<AuditRecord> {
    store.records_after(0, 1_000).await.unwrap()
}

async fn a_change_and_its_record_are_written_together_on_what_was_seen(desk: &Desk) {
    let store = &desk.store;
    let before = store.permission_epoch().await.unwrap();
    assert_eq!(store.last_record().await.unwrap(), 0);
    let two = [lease("120", "90"), lease("90", "80")];
    assert!(store.administer(0, &by_maren(), Instant(5), &two).await.unwrap());
    assert!(store.permission_epoch().await.unwrap() > before);
    // On what is not there any more nothing is written.
    assert!(
        !store
            .administer(0, &by_maren(), Instant(6), &[lease("120", "70")])
            .await
            .unwrap()
    );
    assert_eq!(store.settings().await.unwrap().lease_s, 80);
    let records = all(store).await;
    let told: Vec<_> = records
        .iter()
        .map(|it| (it.n, it.old.as_deref(), it.new.as_deref()))
        .collect();
    assert_eq!(told, [(1, Some("120"), Some("90")), (2, Some("90"), Some("80"))]);
    assert_eq!((&records[0].by, records[0].at), (&by_maren(), Instant(5)));
    // Of two changes of which one cannot be neither is made.
    let name = || AdminChange::MakeRole {
        id: domain::RoleId(Uuid::now_v7()),
        name: "Pier".into(),
    };
    let made = |change| Administered {
        change,
        kind: "role",
        subject: "pier".into(),
        old: None,
        new: None,
    };
    let refused = store
        .administer(2, &by_maren(), Instant(7), &[made(name()), made(name())])
        .await;
    assert!(
        matches!(refused, Err(StoreError::Taken("the role's name"))),
        "{refused:?}"
    );
    assert_eq!(
        (store.role("Pier").await.unwrap(), store.last_record().await.unwrap()),
        (None, 2)
    );
    assert_eq!(
        store.records_of("setting", "lease_s", i64::MAX, 1).await.unwrap()[0].n,
        2
    );
    assert_eq!(store.verify().await.unwrap().findings, []);
    desk.lane.case();
}

async fn of_many_at_once_each_is_written_on_what_it_saw(desk: &Desk) {
    let (other, _) = desk.reopened(EPOCH).await;
    let adds_one = async |store: &Store| {
        loop {
            let seen = store.last_record().await.unwrap();
            let is = store.settings().await.unwrap().lease_s;
            let change = lease(&is.to_string(), &(is + 1).to_string());
            if store
                .administer(seen, &by_maren(), Instant(9), &[change])
                .await
                .unwrap()
            {
                return;
            }
        }
    };
    let first = desk.store.settings().await.unwrap().lease_s;
    let all_of = |store: &'_ Store| {
        let store = store.clone();
        async move {
            for _ in 0..20 {
                adds_one(&store).await;
            }
        }
    };
    futures_util::join!(all_of(&desk.store), all_of(&other), all_of(&desk.store));
    assert_eq!(desk.store.settings().await.unwrap().lease_s, first + 60);
    let records = all(&desk.store).await;
    assert_eq!(records.len(), 60);
    assert!(records.windows(2).all(|two| two[0].new == two[1].old), "{records:?}");
    assert_eq!(desk.store.verify().await.unwrap().findings, []);
    other.close().await;
    desk.lane.case();
}

async fn somebody_who_administers_is_left(desk: &Desk) {
    let store = &desk.store;
    let (admin, ada, bo) = (
        GroupId(Uuid::now_v7()),
        PersonId(Uuid::now_v7()),
        PersonId(Uuid::now_v7()),
    );
    desk.administers(AdminChange::MakeGroup {
        id: admin,
        name: "admin".into(),
    })
    .await;
    for (id, login) in [(ada, "ada"), (bo, "bo")] {
        desk.administers(AdminChange::MakePerson(Box::new(NewPerson {
            id,
            kind: domain::Kind::Agent,
            name: login.into(),
            login: Some(login.into()),
            password_hash: None,
            email: None,
            company: None,
            snippet: None,
            at: Instant(1),
        })))
        .await;
    }
    let key = |id, held| AdminChange::SetKey {
        holder: Holder::Agent(id),
        group: admin,
        key: Key::Rw,
        held,
    };
    let tries = async |change: AdminChange| {
        let change = Administered {
            change,
            kind: "agent",
            subject: "somebody".into(),
            old: None,
            new: None,
        };
        let seen = store.last_record().await.unwrap();
        store.administer(seen, &by_maren(), Instant(5), &[change]).await
    };
    desk.administers(key(ada, true)).await;
    assert!(store.is_administrator(ada).await.unwrap());
    let before = store.last_record().await.unwrap();
    for change in [key(ada, false), AdminChange::SetValid { id: ada, valid: false }] {
        let refused = tries(change).await;
        assert!(matches!(refused, Err(StoreError::LastAdministrator)), "{refused:?}");
    }
    assert_eq!(store.last_record().await.unwrap(), before);
    desk.administers(key(bo, true)).await;
    assert!(tries(AdminChange::SetValid { id: ada, valid: false }).await.unwrap());
    assert!(!store.is_administrator(ada).await.unwrap());
    assert!(tries(key(bo, false)).await.is_err());
    desk.lane.case();
}

async fn the_hashes_are_worked_out_as_the_manual_says(desk: &Desk) {
    let changes = [lease("120", "90")];
    assert!(
        desk.store
            .administer(0, &by_maren(), Instant(1_700_000_000_000_000), &changes)
            .await
            .unwrap()
    );
    let record = &all(&desk.store).await[0];
    let told = format!(
        r#"[1,1700000000000,"{}","Maren Holt","setting","lease_s","120","90"]"#,
        maren().id.0
    );
    let hash: [u8; 32] = Sha256::digest([&[0; 32], told.as_bytes()].concat()).into();
    assert_eq!(record.hash, hash);
    desk.lane.case();
}
