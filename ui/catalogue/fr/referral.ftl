### Handing a person on to a service, following it up, and what the day asks for.

## The list of services.

# Title of the list.
orient-title = Orienter
# Opens the list, from a door, a file or a right.
orient = Orienter
# Chips of needs, for screen readers.
orient-needs = Pour quel besoin ?
# Every service.
orient-all = Tous
# Shows the other needs.
orient-other = Autre besoin…
# Which come first, for screen readers.
orient-order = Dans quel ordre ?
# Open ones first.
orient-open = Ouverts d’abord
# Nearest first.
orient-near = Les plus proches
# The field of words, and its placeholder.
orient-words = Chercher un service
# Chooses a service, for screen readers.
orient-choose = Choisir
# Opens the sheet of a service, for screen readers.
orient-sheet = Fiche : { $name }
# Three services are chosen already.
orient-three = Trois services au plus.
# Nothing answers.
orient-none = Aucun service ne répond.
# What to do then.
orient-none-help = Essayez « Tous », ou un autre mot.
# There is no directory yet.
orient-no-directory = L’annuaire n’est pas encore sur cette tablette.
# What to do then.
orient-no-directory-help = La coordination l’importe ; il arrive à l’envoi suivant.
# The directory is being fetched.
orient-coming = Annuaire en cours de téléchargement : { NUMBER($percent) } %.
# Where the list comes from.
orient-from = { NUMBER($total) } services · annuaire du { $date }

## A service.

# Open until.
service-open = Ouvert jusqu’à { $until }
# Open, end unknown.
service-open-now = Ouvert maintenant
# Closed, next opening known.
service-closed = Fermé · ouvre { $opens }
# Closed, next opening unknown.
service-closed-now = Fermé maintenant
# Closed for some days.
service-shut = Fermé jusqu’au { $date } inclus
# Hours are not known.
service-unknown = Horaires inconnus
# Next sure opening of a service whose hours now are not known.
service-unknown-opens = Horaires à vérifier · ouvre { $opens }
# How far.
service-walk = { NUMBER($minutes) } min à pied
# How one gets in.
service-access = { $code ->
    [unconditional] Sans rendez-vous
    [appointment] Sur rendez-vous
    [referral] Adressé par un professionnel
   *[other] { "" }
}
# Checked on that day.
service-verified = Vérifié le { $date }
# Checked too long ago, or never.
service-stale = À vérifier : ligne du { $date }
# Never checked.
service-never = Jamais vérifié
# Of the demonstration.
service-invented = Inventé (démonstration)
# A working day between a holiday and a week-end.
service-bridge = Jour de pont : appelez avant.
# Before someone is sent while it is closed.
advice-closed = Fermé en ce moment : n’y envoyez pas la personne maintenant.
# Before someone is sent while nothing is known.
advice-call = Rien de sûr sur les horaires : appelez avant.
# Opening hours of the week.
service-week = Horaires
# A day without an opening.
service-day-closed = fermé
# A day of which nothing is known.
service-day-unknown = inconnu
# What the publisher wrote of the hours.
service-published = Texte publié
# What it does.
service-about = Ce que fait ce service
# Contact.
service-contact = Contact
# Call.
service-call = Appeler le { $phone }
# Opens the sheet of the service.
service-sheet = Fiche du service
# Source.
service-source = Source : { $source }, { $licence }
# Free or not.
service-fees = { $code ->
    [gratuit] Gratuit
    [payant] Payant
   *[other] { "" }
}
# Adds the next opening to a calendar.
service-calendar = Noter l’ouverture (agenda)
# What was found.
service-found = Ce que vous avez constaté
# The line is right.
service-verify = C’est exact, vérifié aujourd’hui
# It is closed for some days.
service-close = Fermé jusqu’au…
# The day field.
service-close-day = Dernier jour de fermeture
# Keeps the closure.
service-close-keep = Noter la fermeture
# Lifts the closure.
service-reopen = C’est rouvert

## Handing on.

# Title of the part.
refer-title = { $count ->
    [1] Orienter ici
   *[other] Orienter vers { NUMBER($count) } services
}
# How.
refer-means = Comment ?
# A means.
means = { $code ->
    [slip] Avec un bon
    [phone] J’appelle
    [email] J’écris
    [accompanied] J’accompagne
   *[other] { $code }
}
# What is told; said aloud to the person.
refer-share = « Je peux leur dire : »
# A field that is told.
share = { $code ->
    [need] votre besoin
    [name] votre nom
    [phone] votre téléphone
    [composition] qui vit chez vous
   *[other] { $code }
}
# Why name and phone are not offered.
refer-no-name = Sans accord de suivi : un bon avec un code, et aucun nom.
# It is urgent.
refer-urgent = Urgent : relance sous 48 h
# The button: the person agrees.
refer-agreed = { $count ->
    [1] La personne est d’accord : orienter
   *[other] La personne est d’accord : orienter vers les { NUMBER($count) }
}

# It is done, with its undo.
refer-done = { $count ->
    [one] Orientation notée
   *[other] { NUMBER($count) } orientations notées
}

## A referral.

# Title of its state.
referral-state = { $code ->
    [draft] En préparation
    [proposed] Proposée
    [declined_by_person] Refusée par la personne
    [agreed] À remettre
    [handed] Remise, sans réponse
    [received] Reçue par le service
    [accepted] Acceptée
    [refused_by_partner] Refusée par le service
    [expired] Sans réponse depuis 30 jours
    [revoked] Accord retiré
    [appointment] Rendez-vous pris
    [attended] La personne y est allée
    [no_show] La personne n’est pas venue
    [excused] La personne s’est excusée
    [cancelled_by_partner] Annulée par le service
    [closed_success] Aboutie
    [closed_without_result] Sans suite
    [reoriented] Orientée ailleurs
    [lost_contact] Perdue de vue
    [abandoned_by_person] Abandonnée par la personne
   *[other] État inconnu de cette version
}
# The answer came after the expiry.
referral-late = Réponse arrivée après 30 jours
# Urgent.
referral-urgent = Urgent
# The code of the slip.
referral-slip = Code du bon
# The picture of the code, for screen readers.
referral-qr = Le code du bon, à photographier
# What to do with it.
referral-slip-help = Le service rappelle en citant ce code. Il ne contient aucun nom.
# What was told.
referral-shared = Dit au service : { $what }
# Nothing was told.
referral-shared-none = Rien n’a été dit au service.
# Other services that the same slip opens.
referral-others = Avec le même bon
# About a right.
referral-right = Droit : { $name }
# The time set.
referral-appointment = Rendez-vous { $when }
# What is next.
next-step = { $code ->
    [hand_over] Remettre le bon
    [ask_partner] Le service l’a-t-il reçue ?
    [silent] Rupture : personne n’a répondu
    [ask_where] Où en est le service ?
    [ask_person] La personne y est-elle allée ?
    [ask_result] Qu’est-ce que cela a donné ?
    [resume_contact] Reprendre contact
    [ask_right] Le droit est-il obtenu ?
    [welcome] Nouveaux habitants à accueillir
    [courtesy_visit] Visite de courtoisie
    [promised_visit] Visite promise
    [call] Appel à passer
    [bring_document] Document à apporter
    [accompany] Accompagnement prévu
   *[other] À faire
}
# From when on.
next-from = À partir du { $date }
# What can be said.
say-title = Que s’est-il passé ?
# What is said, in one tap.
say = { $code ->
    [received] Reçue
    [accepted] Acceptée
    [refused] Refusée
    [revoked] Accord retiré
    [appointment] Rendez-vous pris
    [attended] Y est allée
    [no_show] Pas venue
    [excused] Excusée
    [cancelled] Annulée par eux
    [closed_success] Abouti
    [closed_without_result] Sans suite
    [reoriented] Orientée ailleurs
    [lost_contact] Perdue de vue
    [abandoned] A abandonné
    [put_off] Dans 7 jours
    [granted] Obtenu
    [nothing] Rien demandé
    [done] Fait
    [nobody] Personne
    [cancelled-task] Annuler
    [refused-right] Refusé
   *[other] { $code }
}
# Who says it.
say-source = Qui le dit ?
# A source.
source = { $code ->
    [partner_phone] Le service, au téléphone
    [partner_slip] Le bon est revenu
    [partner_link] Le service, en ligne
    [mediator_saw] Je l’ai vu
    [person_said] La personne
   *[other] { $code }
}
# What came of it.
say-result = Ce que cela a donné
# A result.
result = { $code ->
    [right_opened] Un droit ouvert
    [enrolled] Une inscription
    [service_delivered] Le service rendu
   *[other] { $code }
}
# Whether it was the first time there.
say-first = Première fois dans cette structure ?
# Yes or no.
first-time = { $code ->
    [yes] Oui, première fois
    [no] Non
   *[other] { $code }
}
# Why the partner does not take it.
say-reason = Pourquoi ?
# A reason.
reason = { $code ->
    [not_eligible] Pas éligible
    [out_of_zone] Hors secteur
    [saturated] Complet
    [wrong_service] Pas le bon service
    [missing_documents] Il manque des papiers
    [person_unreachable] Personne injoignable
    [service_closed] Service fermé
    [other] Autre
   *[unknown] { $code }
}
# The time field of an appointment.
say-due = Date et heure du rendez-vous
# Keeps the appointment.
say-due-keep = Noter le rendez-vous
# What happened.
history-title = Ce qui s’est passé
# One thing that happened.
history-what = { $code ->
    [proposed] Proposée
    [declined] Refusée par la personne
    [agreed] La personne est d’accord
    [handed] Remise
    [received] Reçue
    [accepted] Acceptée
    [refused] Refusée par le service
    [revoked] Accord retiré
    [appointment] Rendez-vous pris
    [attended] La personne y est allée
    [no_show] La personne n’est pas venue
    [excused] La personne s’est excusée
    [cancelled] Annulée par le service
    [closed_success] Aboutie
    [closed_without_result] Sans suite
    [reoriented] Orientée ailleurs
    [lost_contact] Perdue de vue
    [abandoned] Abandonnée
   *[other] Événement d’une version plus récente
}
# An event that changed nothing.
history-aside = Sans effet : la suite était déjà connue
# Who wrote it and when.
history-by = { $author }, { $when }

## To do.

# Title.
todo-title = À faire
# Nothing.
todo-none = Rien ne vous attend.
# What it is for.
todo-none-help = Relances, visites prévues, droits demandés et nouveaux habitants arrivent ici d’eux-mêmes.
# How late.
todo-late = { $days ->
    [0] aujourd’hui
    [one] depuis 1 jour
   *[other] depuis { NUMBER($days) } jours
}
# The link of the day's screen.
todo-link = { $count ->
    [one] 1 suite à donner
   *[other] { NUMBER($count) } suites à donner
}
# It is settled, with its undo.
todo-settled = { $what } — { $outcome }

## The household's file.

# Title of the part.
file-referrals = Orientations
# Title of what is planned.
file-tasks = Prévu
# One task.
file-task = { $what } le { $date }
# A recurring task.
file-task-every = { $what } le { $date }, puis tous les { NUMBER($days) } jours
# Plans something.
file-plan = Prévoir…
# When.
plan-when = Dans combien de temps ?
# A delay.
plan-in = { $days ->
    [7] 7 jours
    [30] 1 mois
    [90] 3 mois
   *[other] { NUMBER($days) } jours
}
# It comes back.
plan-again = Recommencer ensuite au même rythme
