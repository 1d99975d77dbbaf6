// Codes that the sheet of a right offers (model.md: NonTakeUpType, NonTakeUpMotive, RightFollowUp). A test compares them with the core's.

export const NON_TAKE_UP = ['non_connaissance', 'non_demande', 'non_reception', 'non_proposition'] as const

/** Motives by type. */
export const MOTIVES: Readonly<Record<string, readonly string[]>> = {
  non_connaissance: ['unknown_right', 'unknown_body', 'thinks_not_eligible', 'wrong_information'],
  non_demande: [
    'too_complex',
    'fear_consequences',
    'wants_autonomy',
    'stigma',
    'low_benefit',
    'disagreement',
    'past_bad_experience',
    'digital_barrier',
    'language_barrier',
    'mobility_or_hours',
    'health_or_fatigue',
    'waiting_life_change',
    'by_choice',
  ],
  non_reception: ['file_incomplete', 'refused_contested', 'no_answer_delay', 'suspended_or_cut', 'lost_file', 'appointment_missing', 'error_body'],
  non_proposition: ['not_offered_by_agent', 'service_saturated', 'discouraged_by_agent', 'sorted_out_as_ineligible'],
}

export const FOLLOW_UPS = ['asked', 'granted', 'refused', 'nothing'] as const
export const STANDINGS = ['held', 'in_progress'] as const
