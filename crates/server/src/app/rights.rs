//! What persons may do, remembered at the permission epoch it was read at.

use super::admin::text_view;
use super::together::Together;
use super::{App, AppError, hours};
use domain::verbs::Offer;
use domain::{Availability, ChannelId, GroupId, Key, Kind, Level, Person, PersonId};
use parking_lot::{Mutex, RwLock};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::Channel;

/// Most persons remembered; beyond it everything is forgotten and read anew.
const REMEMBERED: usize = 20_000;

/// A person's rights as of a permission epoch.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// The epoch read before the rights were: they are at least as new.
    pub epoch: i64,
    pub valid: bool,
    pub availability: Availability,
    pub levels: HashMap<ChannelId, Level>,
    /// An agent's keys on groups.
    pub keys: HashMap<GroupId, Vec<Key>>,
    pub my_channels: HashSet<ChannelId>,
    /// One of those who may receive chats from people.
    pub receives: bool,
    /// One of those who may start chats.
    pub starts: bool,
    /// An agent's zone and ranges, once he has set them.
    pub out_of_office: Option<wire::OutOfOffice>,
}

impl Held {
    /// The level on a channel, none for who was deactivated.
    pub fn level(&self, channel: ChannelId) -> Option<Level> {
        self.levels.get(&channel).copied().filter(|_| self.valid)
    }
}

#[derive(Default)]
pub struct Rights {
    held: RwLock<HashMap<PersonId, Arc<Held>>>,
    channels: RwLock<Option<(i64, Arc<Vec<Channel>>)>>,
    /// Channels that were outside of their hours when that was looked at last.
    closed: Mutex<Vec<ChannelId>>,
    offers: Together<Arc<Vec<Offer>>>,
}

impl App {
    /// The person's rights, no older than the newest permission epoch this node has seen.
    pub(super) async fn held(&self, person: &Person) -> Result<Arc<Held>, AppError> {
        let newest = self.permission_epoch();
        if let Some(held) = self.rights.held.read().get(&person.id)
            && held.epoch >= newest
        {
            return Ok(held.clone());
        }
        let epoch = self.newest_permission_epoch().await?;
        let held = Arc::new(self.read_held(person, epoch).await?);
        let mut all = self.rights.held.write();
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(person.id, held.clone());
        Ok(held)
    }

    /// The person's rights as the database has them now. `SignedOut` when he was deactivated.
    ///
    /// Lists are read first and held against these afterwards: what is in them was made before the verdict was true.
    pub(super) async fn held_newest(&self, person: &Person) -> Result<Arc<Held>, AppError> {
        self.newest_permission_epoch().await?;
        let held = self.held(person).await?;
        if held.valid { Ok(held) } else { Err(AppError::SignedOut) }
    }

    async fn read_held(&self, person: &Person, epoch: i64) -> Result<Held, AppError> {
        if person.kind.is_external() {
            let valid = self.store.person(person.id).await?.is_some_and(|row| row.valid);
            return Ok(Held {
                epoch,
                valid,
                ..Held::default()
            });
        }
        let rights = self.store.agent_rights(person.id).await?;
        // From the database: those in memory may be older than this epoch.
        let settings = self.store.settings().await?;
        let receives = self.store.holds_on(person.id, &settings.receiving_group).await?;
        let starts = self.store.holds_on(person.id, &settings.starting_group).await?;
        let keys = self.store.keys_of(person.id).await?;
        let (zone, days) = self.store.out_of_office(person.id).await?;
        let range = |days: store::Days| wire::DayRange {
            from: days.from,
            to: days.to,
        };
        let out_of_office = zone.map(|zone| wire::OutOfOffice {
            zone,
            ranges: days.into_iter().map(range).collect(),
        });
        Ok(rights.map_or(
            Held {
                epoch,
                ..Held::default()
            },
            |rights| Held {
                epoch,
                valid: rights.valid,
                availability: rights.availability,
                levels: rights.levels.into_iter().collect(),
                keys,
                my_channels: rights.my_channels.into_iter().collect(),
                receives,
                starts,
                out_of_office,
            },
        ))
    }

    /// Asks the database, so that changes by other processes and nodes are seen.
    pub(super) async fn newest_permission_epoch(&self) -> Result<i64, AppError> {
        let epoch = self.store.permission_epoch().await?;
        self.shared.permission_epoch.fetch_max(epoch, Ordering::AcqRel);
        Ok(epoch)
    }

    /// All channels, invalid ones too.
    pub(super) async fn channels(&self) -> Result<Arc<Vec<Channel>>, AppError> {
        let newest = self.permission_epoch();
        if let Some((epoch, channels)) = &*self.rights.channels.read()
            && *epoch >= newest
        {
            return Ok(channels.clone());
        }
        let epoch = self.newest_permission_epoch().await?;
        let channels = Arc::new(self.store.channels().await?);
        *self.rights.channels.write() = Some((epoch, channels.clone()));
        Ok(channels)
    }

    pub(super) async fn channel(&self, id: ChannelId) -> Result<Option<Channel>, AppError> {
        Ok(self.channels().await?.iter().find(|channel| channel.id == id).cloned())
    }

    /// Looks whether rights, accounts, channels or settings changed, here or elsewhere, and if so tells every live
    /// connection to ask anew. Returns whether they did.
    pub async fn notice_changed_rights(&self) -> Result<bool, AppError> {
        let known = self.shared.noticed_epoch.load(Ordering::Acquire);
        let newest = self.newest_permission_epoch().await?;
        if newest <= known {
            return Ok(false);
        }
        *self.settings.write() = Arc::new(self.store.settings().await?);
        self.shared.noticed_epoch.fetch_max(newest, Ordering::AcqRel);
        self.shared.rights_to_follow.store(true, Ordering::Release);
        self.shared.presence.rights_changed();
        Ok(true)
    }

    /// Does what follows from changed rights, whoever noticed them first: agents who lost theirs are lost to their chats,
    /// and without chat at all every one closes. Again the next time, if it fails.
    pub async fn follow_changed_rights(&self) -> Result<(), AppError> {
        if !self.shared.rights_to_follow.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let done = async { Ok((self.end_leases().await?, self.close_if_switched_off().await?)) }.await;
        match done {
            Ok((ended, closed)) => tracing::debug!(ended, closed, "rights changed"),
            Err(error) => {
                self.shared.rights_to_follow.store(true, Ordering::Release);
                return Err(error);
            }
        }
        Ok(())
    }

    /// What is offered in a start form for this kind of person: all his channels, or the one of a snippet.
    pub async fn offered(&self, kind: Kind, only: Option<ChannelId>) -> Result<Vec<wire::OfferedChannel>, AppError> {
        let settings = self.settings();
        let offers = self.offers().await?;
        let channels = self.channels().await?;
        let asked = |channel: &&Channel| only.is_none_or(|only| only == channel.id);
        let offered = channels.iter().filter(asked).filter_map(|channel| {
            let offer = offers.iter().find(|offer| offer.channel == channel.id)?;
            let view = wire::ChannelRef {
                id: channel.id.0,
                name: channel.name.clone(),
            };
            offer.to(kind, false, &settings).then_some(wire::OfferedChannel {
                channel: view,
                available: offer.available,
                opens_at: hours::opens_at(channel).map(|at| at.ms()),
                texts: channel.texts.iter().cloned().map(text_view).collect(),
            })
        });
        Ok(offered.collect())
    }

    /// Whether a channel's hours began or ended since this was asked last.
    pub async fn hours_passed(&self) -> Result<bool, AppError> {
        let channels = self.channels().await?;
        let closed = channels.iter().filter(|channel| !hours::open_now(channel));
        let closed: Vec<ChannelId> = closed.map(|channel| channel.id).collect();
        let mut before = self.rights.closed.lock();
        let passed = *before != closed;
        *before = closed;
        Ok(passed)
    }

    /// Every channel as a start sees it. Available means: somebody may and wants to accept, and is here now.
    pub(super) async fn offers(&self) -> Result<Arc<Vec<Offer>>, AppError> {
        self.rights
            .offers
            .get(async || self.read_offers().await.map(Arc::new))
            .await
    }

    async fn read_offers(&self) -> Result<Vec<Offer>, AppError> {
        let channels = self.channels().await?;
        let receivers = self.store.receivers().await?;
        let here: HashSet<ChannelId> = receivers
            .into_iter()
            .filter(|(_, person)| self.shared.presence.online(*person))
            .map(|(channel, _)| channel)
            .collect();
        let offer = |channel: &Channel| Offer {
            channel: channel.id,
            valid: channel.valid,
            for_customer_users: channel.for_customer_users,
            for_public_users: channel.for_public_users,
            available: here.contains(&channel.id) && hours::open_now(channel),
        };
        Ok(channels.iter().map(offer).collect())
    }
}
