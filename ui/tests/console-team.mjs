// Two mediators of one structure at the same door, each on a tablet of their own, without the network between them.

import { setTimeout } from 'node:timers/promises'
import { PIN, doorOf, tablet } from './stage.mjs'

/** Enrols a person of the demonstration on a new tablet. */
export async function enrolled(office, person) {
  const hand = await tablet()
  try {
    await hand.call('enrol', await office.code(person))
    await hand.call('choose_pin', { pin: PIN })
    await hand.call('sync_now')
    return hand
  } catch (error) {
    await hand.close()
    throw error
  }
}

/** Samia and Karim meet at door 101 of a stair that Samia made, and both tablets know it. */
export async function pair(office, address = '12 allée des Essais') {
  const samia = await enrolled(office, 'Samia')
  const karim = await enrolled(office, 'Karim')
  const { session } = await samia.call('app_state')
  const plan = await samia.call('create_stair', {
    building: '',
    address,
    sector: session.sectors[0].id,
    stair_name: 'C',
    floors: 2,
    ground_floor: false,
    doors_per_floor: 3,
    numbering: 'floor_number',
  })
  await samia.call('sync_now')
  await karim.call('sync_now')
  return {
    samia,
    karim,
    plan,
    door: (label) => doorOf(plan, label).id,
    /** Samia writes a note on a visit of hers that Karim has; then both change it without seeing each other. */
    async disagree(label, first, second) {
      const { id } = doorOf(plan, label)
      const { visit } = await samia.call('record_visit', { door: id, outcome: 'opened_brief', callback: '' })
      await samia.call('sync_now')
      await karim.call('sync_now')
      const amend = (hand, note) => hand.call('amend_visit', { visit, outcome: null, callback: null, flags: null, note, needs: null })
      await amend(samia, first)
      // Two clocks agree to within the delay of an answer: what is written later must be later by more than that.
      await setTimeout(2_000)
      await amend(karim, second)
      await samia.call('sync_now')
      await karim.call('sync_now')
    },
    async close() {
      await samia.close()
      await karim.close()
    },
  }
}
