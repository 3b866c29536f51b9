//! Who keeps a chat, and what happens to it when he is lost: agents by their leases, externals by how long they are gone,
//! everybody when chat is switched off.

use super::chats::{DECISIONS, PAGE};
use super::departed::REMEMBERED;
use super::{App, AppError};
use crate::clock;
use domain::chat::{Role, State};
use domain::entry::{ClosedReason, ReturnedReason};
use domain::verbs::{self, SystemVerb};
use domain::{Chat, ChatId, Level, Member, Person, PersonId};
use std::time::Duration;
use store::{Command, WriteError};
use uuid::Uuid;

/// Times that something is decided by the system: nobody is there who would try it once more.
const TRIES: usize = 200;
/// How long it waits between them, after the first few, where many are at the chat.
const PAUSE: Duration = Duration::from_millis(10);
/// Personal requests ended in one go.
const EXPIRED: i64 = 100;

/// What became of a decision of the system.
enum Tried {
    Written,
    /// The chat changed under it.
    Moved,
    /// There is nothing to be done.
    Nothing,
}

async fn wait_for_others(tries: usize) {
    if tries >= DECISIONS {
        tokio::time::sleep(PAUSE).await;
    }
}

impl App {
    /// Takes chats from an agent who is gone for longer than his lease; returns how many.
    pub async fn end_leases_of(&self, agent: PersonId) -> Result<usize, AppError> {
        let mut ended = 0;
        for id in self.store.running_chats_of(agent).await? {
            ended += usize::from(self.end_lease(id).await?);
        }
        Ok(ended)
    }

    /// Looks through all open chats: for agents that never came back after a restart, and for lost rights.
    pub async fn end_leases(&self) -> Result<usize, AppError> {
        let (mut after, mut ended) = (ChatId(Uuid::nil()), 0);
        loop {
            let page = self.store.open_chats(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(ended) };
            after = *last;
            for id in page {
                ended += usize::from(self.end_lease(id).await?);
            }
        }
    }

    /// The chat goes back to the request list when no contributing agent with a live lease and his right is left; where one
    /// is, only the lost ones go.
    pub(super) async fn end_lease(&self, id: ChatId) -> Result<bool, AppError> {
        let mut ended = false;
        // Once for each agent who may have to go, and again while the chat changes: he may be back, his heir may be gone.
        for tries in 0..TRIES {
            wait_for_others(tries).await;
            let Some(chat) = self.store.chat(id).await? else {
                return Ok(ended);
            };
            let Some(verb) = self.lost(&chat).await? else {
                return Ok(ended);
            };
            match self.try_by_system(&chat, verb).await? {
                Tried::Written => ended = true,
                Tried::Moved => {}
                Tried::Nothing => return Ok(ended),
            }
        }
        Err(AppError::Busy)
    }

    /// What is to be done about the first agent who is lost to this chat.
    async fn lost(&self, chat: &Chat) -> Result<Option<SystemVerb>, AppError> {
        if chat.state != State::Open || chat.is_among_agents() {
            return Ok(None);
        }
        let (mut lost, mut stays, mut reason) = (None, false, ReturnedReason::RightLost);
        let mut heir = None;
        for agent in chat.contributing() {
            let level = self.level_of(agent, chat).await?;
            let has_right = level >= Some(Level::Participant);
            if has_right && self.lease_runs(agent) {
                stays = true;
                if level == Some(Level::Owner) && agent.role == Role::Participant {
                    heir = heir.or(Some(agent.n));
                }
                continue;
            }
            if has_right {
                reason = ReturnedReason::LeaseEnded;
            }
            lost = lost.or(Some(agent.n));
        }
        Ok(match lost {
            Some(n) if stays => Some(SystemVerb::LoseAgent { n, heir }),
            Some(_) => Some(SystemVerb::Return(reason)),
            None if stays => None,
            None => Some(SystemVerb::Return(reason)),
        })
    }

    async fn level_of(&self, agent: &Member, chat: &Chat) -> Result<Option<Level>, AppError> {
        let person = Person {
            id: agent.person,
            kind: agent.kind,
            name: agent.name.clone(),
            company: None,
        };
        Ok(self.held(&person).await?.level(chat.channel))
    }

    fn lease_runs(&self, agent: &Member) -> bool {
        let ends = self.shared.presence.lease_from(agent.person);
        let ends = ends.map(|from| from.plus_s(self.settings().lease_s));
        ends.is_none_or(|ends| clock::now() < ends)
    }

    /// Decides and writes something by the system, again while the chat changes under the decision.
    async fn system(&self, id: ChatId, what: impl Fn(&Chat) -> Option<SystemVerb>) -> Result<bool, AppError> {
        for tries in 0..TRIES {
            wait_for_others(tries).await;
            let Some(chat) = self.store.chat(id).await? else {
                return Ok(false);
            };
            let Some(verb) = what(&chat) else { return Ok(false) };
            match self.try_by_system(&chat, verb).await? {
                Tried::Written => return Ok(true),
                Tried::Moved => {}
                Tried::Nothing => return Ok(false),
            }
        }
        Err(AppError::Busy)
    }

    async fn try_by_system(&self, chat: &Chat, verb: SystemVerb) -> Result<Tried, AppError> {
        let Some(change) = verbs::decide_system(chat, verb, clock::now()) else {
            return Ok(Tried::Nothing);
        };
        match self.written(Command::of_system(change, chat.fence)).await {
            Err(WriteError::FenceMoved) => {
                self.forget(chat.id);
                Ok(Tried::Moved)
            }
            other => Ok(other.map(|_| Tried::Written)?),
        }
    }

    /// Personal requests that nobody answered end.
    pub async fn expire_requests(&self) -> Result<usize, AppError> {
        let before = clock::now().plus_s(-self.settings().personal_request_s);
        let mut ended = 0;
        for id in self.store.addressed_before(before, EXPIRED).await? {
            let expire = |chat: &Chat| {
                chat.is_personal_request()
                    .then_some(SystemVerb::Close(ClosedReason::Expired))
            };
            ended += usize::from(self.system(id, expire).await?);
        }
        Ok(ended)
    }

    /// Those who had a chat when the service ended count as gone since it began again, until they come back.
    pub async fn expect_externals(&self) -> Result<(), AppError> {
        for person in self.store.externals_of_running(REMEMBERED as i64).await? {
            self.departed.went(person, self.began());
            // Whoever comes is here first and forgotten among the departed then: one of the two sees the other.
            if self.shared.presence.online(person) {
                self.departed.came(person);
            }
        }
        Ok(())
    }

    /// Chats of externals who are gone for long close; returns how many.
    pub async fn close_abandoned(&self) -> Result<usize, AppError> {
        let mut closed = 0;
        for person in self.departed.lapsed(clock::now(), self.settings().external_closes_s) {
            // Gone here, and here on another node.
            if self.shared.presence.online(person) {
                continue;
            }
            for id in self.store.running_chats_of(person).await? {
                let close = |chat: &Chat| {
                    let his = chat.external().is_some_and(|external| external.person == person);
                    his.then_some(SystemVerb::Close(ClosedReason::Expired))
                };
                closed += usize::from(self.system(id, close).await?);
            }
        }
        Ok(closed)
    }

    /// Closes everything when chat is switched off; returns how many.
    pub async fn close_if_switched_off(&self) -> Result<usize, AppError> {
        let (mut after, mut closed) = (ChatId(Uuid::nil()), 0);
        while self.settings().chat_active == 0 {
            let page = self.store.not_closed(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = *last;
            for id in page {
                let close = |_: &Chat| Some(SystemVerb::Close(ClosedReason::SwitchedOff));
                closed += usize::from(self.system(id, close).await?);
            }
        }
        Ok(closed)
    }

    /// Signing out asks, and hands back: a chat in which others stay is left, the others wait again; what was asked for is
    /// taken back.
    pub async fn hand_back_all(&self, person: &Person) -> Result<usize, AppError> {
        let mut handed = 0;
        for id in self.store.running_chats_of(person.id).await? {
            let mut gone = self.leave(person, id, Uuid::now_v7()).await.is_ok();
            gone = gone || self.hand_back(person, id, Uuid::now_v7()).await.is_ok();
            gone = gone || self.close_chat(person, id, Uuid::now_v7()).await.is_ok();
            handed += usize::from(gone);
        }
        Ok(handed)
    }
}
