//! Scopes whose rows are not the server's although everything was told: the buckets that differ are asked for, and joined.
//!
//! Joining takes nothing away, so what this copy alone has stays: what it carries for another, what a server restored from an
//! older copy has not any more. A scope may then differ for long, and it costs nothing: digests are sums, and the
//! difference stays the same while the records that differ do. One that is known is not asked about again.

use std::collections::BTreeMap;

use palier_store::Store;
use palier_sync::ScopeKey;
use palier_sync::digest::{self, Digest};
use palier_sync::wire::{AskedBuckets, ToldRecord};

use crate::relay::Relay;
use crate::round::{Report, RoundError};

/// Name of the fact that keeps, of each scope that differs, by how much when it was last compared: [`Digest::hex`].
const KNOWN_FACT: &str = "differences";

/// What was compared in a sync.
#[derive(Debug, Default)]
pub(crate) struct Compare {
    /// What the server's buckets count to, of those that it told.
    told: BTreeMap<ScopeKey, BTreeMap<usize, Digest>>,
    /// The digests last asked with.
    asked: BTreeMap<ScopeKey, Vec<Digest>>,
}

impl Compare {
    /// The scopes to ask about, by their buckets, once all was told; `told` are the server's digests. Nothing when each is the
    /// server's, or differs as far as is known.
    pub(crate) fn next(
        &mut self,
        store: &Store,
        told: &[(ScopeKey, String)],
        report: &mut Report,
    ) -> Result<Vec<AskedBuckets>, RoundError> {
        let before: BTreeMap<String, String> = store.fact(KNOWN_FACT)?.unwrap_or_default();
        let mut known = before.clone();
        let waiting = Relay::waiting(store)?;
        let mut asked = Vec::new();
        report.differing.clear();
        for (scope, theirs) in told {
            let theirs = Digest::from_hex(theirs).ok_or(RoundError::Form)?;
            let by = store.digest(scope)?.without(theirs);
            let name = scope.to_string();
            if by == Digest::default() {
                known.remove(&name);
                continue;
            }
            let is_known = known.get(&name) == Some(&by.hex());
            if let Some(question) = if is_known { None } else { self.ask(store, *scope, theirs)? } {
                asked.push(question);
                continue;
            }
            // What waits to be brought for another is in our rows and not yet in the server's.
            if !waiting.contains(scope) {
                report.differing.push(name.clone());
            }
            known.insert(name, by.hex());
        }
        if known != before {
            store.keep_fact(KNOWN_FACT, &known)?;
        }
        Ok(asked)
    }

    /// Asks for the buckets of a scope that were not told yet; nothing when all that differs was told.
    fn ask(&mut self, store: &Store, scope: ScopeKey, theirs: Digest) -> Result<Option<AskedBuckets>, RoundError> {
        let mut digests: Vec<Digest> = store.buckets(&scope)?.iter().map(|bucket| bucket.digest).collect();
        // One that was told is asked for as the server has it, so that it makes room for the next.
        for (bucket, theirs) in self.told.get(&scope).into_iter().flatten() {
            if let Some(digest) = digests.get_mut(*bucket) {
                *digest = *theirs;
            }
        }
        let all = digests.iter().fold(Digest::default(), |sum, digest| sum.with(*digest));
        if all == theirs || self.asked.get(&scope) == Some(&digests) {
            return Ok(None);
        }
        let question = AskedBuckets::of(scope, &digests);
        self.asked.insert(scope, digests);
        Ok(Some(question))
    }

    /// Joins the records of the buckets that were told, and notes the scopes that this made whole.
    pub(crate) fn take(
        &mut self,
        store: &mut Store,
        buckets: &[ToldRecord],
        report: &mut Report,
    ) -> Result<(), RoundError> {
        let mut records = Vec::new();
        let mut sums: BTreeMap<(ScopeKey, usize), Digest> = BTreeMap::new();
        for told in buckets {
            let Some(state) = told.read().map_err(|_| RoundError::Form)? else { continue };
            let packed = digest::pack(&state).map_err(|_| RoundError::Form)?;
            let [.., last] = *told.record.as_bytes();
            let sum = sums.entry((state.scope, usize::from(last))).or_default();
            *sum = sum.with(digest::of_record(told.record, &packed));
            records.push((told.record, state));
        }
        let mut before = BTreeMap::new();
        for ((scope, bucket), sum) in sums {
            before.insert(scope, store.digest(&scope)?);
            self.told.entry(scope).or_default().insert(bucket, sum);
        }
        store.join(records)?;
        for (scope, digest) in before {
            let name = scope.to_string();
            if store.digest(&scope)? != digest && !report.repaired.contains(&name) {
                report.repaired.push(name);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use palier_store::StoreError;
    use palier_sync::catalogue::sector;
    use palier_sync::{RecordType, Value};
    use uuid::Uuid;

    use super::*;

    const SCOPE: ScopeKey = ScopeKey::Territory;

    /// A store with sectors, each in the bucket of its number.
    fn with(buckets: &[u8]) -> Store {
        let mut store = Store::in_memory().unwrap();
        store.set_replica(7).unwrap();
        for bucket in buckets {
            write(&mut store, *bucket);
        }
        store
    }

    fn record(bucket: u8) -> Uuid {
        let mut bytes = [1; 16];
        bytes[15] = bucket;
        Uuid::from_bytes(bytes)
    }

    fn write(store: &mut Store, bucket: u8) {
        let fields = [(sector::name, Value::text("Sanitas"))];
        store.write::<_, StoreError>(1_000, |d| d.make(SCOPE, record(bucket), RecordType::Sector, &fields)).unwrap();
    }

    fn told(server: &Store) -> Vec<(ScopeKey, String)> {
        vec![(SCOPE, server.digest(&SCOPE).unwrap().hex())]
    }

    /// The first bucket that differs and is not empty, as a server with little room answers.
    fn first_bucket(server: &Store, asked: &AskedBuckets) -> Vec<ToldRecord> {
        let ours = server.buckets(&asked.scope).unwrap().into_iter().zip(asked.read().unwrap());
        let first = ours.filter(|(ours, theirs)| ours.digest != *theirs && !ours.records.is_empty()).take(1);
        let records = first.flat_map(|(bucket, _)| bucket.records);
        records.map(|id| ToldRecord::of(id, server.record(id).unwrap().as_ref()).unwrap()).collect()
    }

    /// Compares until nothing is asked; says how often it asked.
    fn compare(tablet: &mut Store, server: &Store) -> (u32, Report) {
        let (mut compare, mut report, mut times) = (Compare::default(), Report::default(), 0);
        loop {
            let asked = compare.next(tablet, &told(server), &mut report).unwrap();
            let Some(first) = asked.first() else { return (times, report) };
            times += 1;
            compare.take(tablet, &first_bucket(server, first), &mut report).unwrap();
        }
    }

    #[test]
    fn a_bucket_that_goes_on_differing_makes_room_for_what_was_lost() {
        let (mut tablet, mut server) = (with(&[5, 3]), with(&[5, 9]));
        // In bucket 3 the server has another record, and in 5 nothing differs: what was lost is in 9.
        let mut bytes = [2; 16];
        bytes[15] = 3;
        let fields = [(sector::name, Value::text("Fontaines"))];
        let other = Uuid::from_bytes(bytes);
        server.write::<_, StoreError>(1_000, |d| d.make(SCOPE, other, RecordType::Sector, &fields)).unwrap();
        let (times, report) = compare(&mut tablet, &server);
        assert!(tablet.record(record(9)).unwrap().is_some() && tablet.record(other).unwrap().is_some());
        assert!(tablet.record(record(3)).unwrap().is_some(), "what this copy alone has stays");
        assert_eq!((times, report.repaired.len(), report.differing.len()), (2, 1, 1));
    }

    #[test]
    fn a_known_difference_is_not_asked_about_again_until_it_changes() {
        let (mut tablet, mut server) = (with(&[3]), with(&[]));
        assert_eq!(compare(&mut tablet, &server).0, 1);
        assert_eq!(compare(&mut tablet, &server).0, 0, "it is known");
        let of_both = |store: &mut Store| write(store, 8);
        of_both(&mut server);
        assert!(compare(&mut tablet, &server).0 > 0, "the server has something that is lacking here");
        assert!(tablet.record(record(8)).unwrap().is_some());
        assert_eq!(compare(&mut tablet, &server).0, 0, "what is left is the known difference");
    }
}
