//! A change that a copy took in, and that no other copy will ever have, is taken out again: refused by the server, or left
//! before the server had it.
//!
//! A state is a union over its changes, and a union does not remember who brought what: a name in a field's past may have been
//! put there by another change as well. It is taken away all the same. Whoever has that other change puts it back by joining,
//! and until then a value that was replaced shows beside the one that replaced it: nothing is lost by it.

use std::collections::BTreeSet;

use crate::{Body, Change, Head, HeadId, RecordState};

impl RecordState {
    /// Takes out the changes among `dropped` that this state holds; `replaced` has the values that they replaced here, which
    /// stand again. Values of the changes are not read. Gives false when it cannot be done, and does nothing: an erasure
    /// left nothing to go back to.
    pub fn take_out(&mut self, dropped: &[Change], replaced: &[(u16, Head)]) -> bool {
        if self.erased {
            return dropped.iter().all(|change| change.body != Body::Erase);
        }
        let held: Vec<&Change> = dropped.iter().filter(|change| self.knows(change)).collect();
        let names: BTreeSet<(u16, HeadId)> =
            held.iter().flat_map(|change| change.written()).map(|(id, edit)| (edit.field, id)).collect();
        let bases: BTreeSet<(u16, HeadId)> = held
            .iter()
            .flat_map(|change| change.written())
            .flat_map(|(_, edit)| edit.bases.iter().map(|base| (edit.field, *base)))
            .collect();
        for (number, field) in &mut self.fields {
            field.heads.retain(|head| !names.contains(&(*number, head.id)));
            field.past.retain(|name| !bases.contains(&(*number, *name)));
        }
        for (number, head) in replaced.iter().filter(|(number, head)| bases.contains(&(*number, head.id))) {
            let heads = &mut self.fields.entry(*number).or_default().heads;
            if let Err(place) = heads.binary_search_by(|known| known.id.cmp(&head.id))
                && !names.contains(&(*number, head.id))
            {
                heads.insert(place, head.clone());
            }
        }
        self.fields.retain(|_, field| !field.heads.is_empty() || !field.past.is_empty());
        true
    }
}
