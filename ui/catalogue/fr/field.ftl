### The field app. Sentences of twelve words at most.

## Every screen.

# Title of the app, in the header of the first screens.
app-title = Palier
# Bottom bar, first tab.
nav-day = Ma journée
# Bottom bar, second tab.
nav-buildings = Bâtiments
# Bottom bar, third tab.
nav-search = Chercher
# Bottom bar, fourth tab.
nav-me = Moi
# Name of the bottom bar for screen readers.
nav-label = Écrans
# Header: arrow back.
back = Retour
# Header: emergency button, on every screen.
emergency = Urgence
# Cross of a sheet or dialog.
close = Fermer
# Any dialog: leave without doing it.
cancel = Annuler
# While the core answers for the first time.
loading = Chargement…
# Beside a text that keeps itself, once it is durable.
kept = Enregistré
# Header, with `--demo`.
demo = Démonstration : tout est inventé
# Toast: undo the last action.
undo = Annuler
# Toast: do it again.
redo = Rétablir
# Toast, after an undo.
undone = { $what } : annulé
# A refusal of the core, in the toast or under a form. $detail is a number of tries.
error = { $code ->
    [locked] La tablette s’est verrouillée. Tapez votre code.
    [veiled] Les noms sont masqués. Tapez votre code pour les voir.
    [not_found] Ce n’est plus sur cette tablette.
    [agreement_needed] Il faut d’abord l’accord de la personne.
    [erased] Ces données ont été effacées, à la demande de la personne.
    [invalid_field] Ce texte est trop long ou mal écrit. Corrigez-le.
    [outing_state] La sortie a changé. Vérifiez « Ma journée ».
    [code_unknown] Ce code n’existe pas. Vérifiez-le, ou demandez-en un autre.
    [code_used] Ce code a déjà servi. Demandez-en un autre.
    [code_expired] Ce code est trop vieux. Demandez-en un autre.
    [code_wrong] Code faux. Essais restants : { $detail }.
    [code_dead] Trop d’essais avec ce code. Demandez-en un autre.
    [unreachable] Le serveur ne répond pas. Vérifiez le réseau et l’adresse.
    [refused] Le serveur refuse cette tablette. Appelez votre coordinatrice.
    [too_old] L’application est trop ancienne. Il faut la mettre à jour.
    [weak_pin] Ce code est trop facile à deviner.
    [newer_store] Cette tablette a servi avec une version plus récente.
    [storage_full] La tablette n’a plus de place : ce geste n’est pas noté, rien d’autre n’est perdu. Libérez de la place.
    [not_undoable] Cette action ne peut plus être annulée.
    [bundle] Ce fichier n’a pas été lu : rien n’a changé.
    [bad_request] Cette demande n’a pas été comprise : rien n’a été noté.
   *[internal] Un incident est arrivé : rien n’a été noté. Réessayez.
}

## Dates and places.

# An instant of today.
when-today = aujourd’hui à { $clock }
# An instant of yesterday.
when-yesterday = hier à { $clock }
# An instant of tomorrow.
when-tomorrow = demain à { $clock }
# Any other instant: "mardi 17 à 10 h 20".
when-day = { $day } à { $clock }
# A floor in a sentence or a menu.
floor-name = { $floor ->
    [-1] Sous-sol
    [0] Rez-de-chaussée
    [1] 1er étage
   *[other] { $floor }e étage
}
# A floor in the narrow left column of the grid.
floor-short = { $floor ->
    [-1] SS
    [0] RDC
   *[other] { $floor }
}

## Pill of the header and sending screen.

# Pill: everything is sent.
pill-up-to-date = À jour { $clock }
# Pill: nothing was ever sent, and nothing waits.
pill-never = Prêt
# Pill: what waits.
pill-pending = { $count } à envoyer
# Pill: sending now.
pill-sending = { $done }/{ $total }
# Pill: something has waited for days.
pill-stale = { $days } jours sans envoi
# Pill: the server refuses this tablet.
pill-refused = Refusée
# Pill, before its text, for screen readers.
pill-label = Envoi
# Sending screen: title.
send-title = Envoi
# Sending screen: state in one sentence.
send-state = { $state ->
    [up_to_date] Tout est envoyé.
    [pending] Des actes attendent sur la tablette.
    [sending] Envoi en cours. Vous pouvez continuer à travailler.
    [stale] Rapprochez-vous du centre : il faut envoyer.
   *[refused] Le serveur refuse cette tablette. Appelez votre coordinatrice.
}
# Sending screen: what waits.
send-pending = { $count ->
    [0] Rien n’attend.
    [one] 1 acte à envoyer
   *[other] { $count } actes à envoyer
}
# Sending screen: last time everything was sent.
send-last = Dernier envoi complet : { $when }
# Sending screen: nothing was sent yet.
send-never = Aucun envoi pour le moment.
# Sending screen: no network.
send-offline = Pas de réseau. Rien n’est perdu, tout partira plus tard.
# Sending screen: main button.
send-now = Envoyer maintenant
# Sending screen: progress, for screen readers and under the bar.
send-progress = { $done } sur { $total }
# Sending screen: the tablet's clock is ahead.
clock-ahead = L’heure de la tablette avance de { $time }. Réglez-la.
# Sending screen: the tablet's clock is behind.
clock-behind = L’heure de la tablette retarde de { $time }. Réglez-la.
# Sending screen: a clock wrong by days.
clock-days = { $count ->
    [one] 1 jour
   *[other] { $count } jours
}
# Sending screen: title of the refused changes.
quarantine-title = Refusés par le serveur : { $count }
# Sending screen: under that title.
quarantine-help = Ils restent ici et ne bloquent rien. Parlez-en à votre coordinatrice.
# Sending screen: what colleagues gave this tablet and the server has not yet.
send-carried = { $count ->
    [one] 1 modification d’un collègue à transmettre
   *[other] { $count } modifications de collègues à transmettre
}

## Tablet to tablet by a file.

# Exchange screen: title, and the button of the sending screen that opens it.
exchange-title = Échanger sans réseau
# Exchange screen: what it is for.
exchange-help = Les tablettes de votre structure se passent leur travail par un fichier : clé USB, câble ou Bluetooth.
# A colleague whose first name did not reach this tablet yet.
colleague = Un collègue
# Giving: title.
give-title = Donner
# Giving: own changes that wait.
give-own = { $count ->
    [one] 1 modification à vous
   *[other] { $count } modifications à vous
}
# Giving: changes of a colleague that this tablet carries.
give-carried = { $count ->
    [one] 1 modification de { $name }
   *[other] { $count } modifications de { $name }
}
# Giving: who can read the file.
give-help = Le fichier est chiffré : seules les tablettes de votre structure peuvent le lire.
# Giving: nothing waits.
give-nothing = Rien à donner : le serveur a déjà tout reçu.
# Giving: button.
give-button = Préparer le fichier
# Giving: the file is made; its name follows.
given-done = Le fichier est prêt
# Giving: the browser took the file.
given-downloaded = Il est dans les téléchargements. Copiez-le sur une clé ou envoyez-le à l’autre tablette.
# Giving: the folder of the file.
given-folder = Il est dans « { $folder } ». Copiez-le sur une clé ou envoyez-le à l’autre tablette.
# Giving: first names of who can read it.
given-readers = Peuvent le lire : { $names }.
# Giving: changes that did not fit.
given-left = { $count ->
    [one] 1 modification n’a pas trouvé de place : elle attend le réseau.
   *[other] { $count } modifications n’ont pas trouvé de place : elles attendent le réseau.
}
# Giving: nothing leaves the tablet's queue.
given-stays = Tout reste aussi sur cette tablette, jusqu’à l’envoi au serveur.
# Receiving: title.
receive-title = Recevoir
# Receiving: what to do.
receive-help = Choisissez le fichier « .palier » qu’un collègue vous a donné.
# Receiving: button.
receive-button = Choisir un fichier
# Receiving: while the file is read.
receive-reading = Lecture du fichier…
# Receiving: who made the file, and when.
received-from = Fichier de { $name }, préparé { $when }
# Receiving: the file held only what this tablet wrote itself.
received-nothing = Il ne contient que des modifications de cette tablette.
# Receiving: new changes of an author.
brought-new = { $count ->
    [one] 1 modification nouvelle
   *[other] { $count } modifications nouvelles
}
# Receiving: changes of an author that were here already.
brought-known = { $count ->
    [one] 1 modification déjà connue
   *[other] { $count } modifications déjà connues
}
# Receiving: changes left out; the reason follows.
brought-left = { $count ->
    [one] 1 modification laissée.
   *[other] { $count } modifications laissées.
}
# Receiving: what becomes of them.
received-carried = Cette tablette les transmettra au serveur avec les vôtres.

## First run, PIN, veil.

# First screen: title.
welcome-title = Bienvenue
# First screen: what to do.
welcome-help = Votre coordinatrice vous a remis un code. Il sert une fois.
# First screen: address field.
enrol-address = Adresse du serveur
# First screen: example in the address field.
enrol-address-example = https://palier.centre-social.fr
# First screen: code field.
enrol-code = Code à 12 caractères, ou texte du QR code
# First screen: main button.
enrol-go = Inscrire cette tablette
# First screen: while the server answers.
enrol-wait = Le serveur répond…
# First screen: button of the camera.
scan = Scanner le code
# Camera view: what to do.
scan-help = Placez le code devant la caméra.
# Camera view: the camera cannot be used.
scan-refused = La caméra n’est pas disponible. Tapez le code.
# Choice of the PIN: title.
choose-title = Bonjour { $name }
# Choice of the PIN: structure and sectors.
choose-place = { $structure } · { $sectors }
# Choice of the PIN: what to do.
choose-pin = Choisissez un code de 6 à 10 chiffres.
# Choice of a pass-phrase: what to do.
choose-passphrase = Choisissez une phrase de passe.
# Choice of a pass-phrase: what it must hold, one way.
choose-passphrase-words = Sept mots différents, d’au moins trois lettres.
# Choice of a pass-phrase: what it must hold, the other way.
choose-passphrase-mixed = Ou 14 caractères, dont huit différents. Mêlez trois sortes : minuscules, majuscules, chiffres, signes.
# Choice of the PIN: second time.
choose-again = Tapez-le une deuxième fois.
# Choice of a pass-phrase: second time.
choose-passphrase-again = Tapez-la une deuxième fois.
# Choice of the PIN: both differ.
choose-differs = Les deux ne sont pas les mêmes. Recommencez.
# Choice of the PIN: it is weak.
weak-pin = { $reason ->
    [too_short] C’est trop court : 6 chiffres au moins.
    [too_long] C’est trop long.
    [phrase_too_weak] Cette phrase de passe se devine. Allongez-la ou variez-la.
    [sequence] Une suite de chiffres se devine vite.
    [repeated] Le même chiffre répété se devine vite.
    [common] Ce code est trop courant.
    [not_digits] Seulement des chiffres, sans lettre ni signe.
   *[other] Ce code est trop facile à deviner.
}
# Choice of the PIN, then: the first fetch of buildings.
downloading = Téléchargement de vos bâtiments. Vous pouvez poser la tablette.
# Choice of the PIN: it went well, without a network.
ready-later = Votre code est choisi. Les bâtiments viendront avec le réseau.
# Choice of the PIN: it went well.
ready = C’est prêt. Tout marche sans réseau.
# PIN screen: title when there are several profiles.
who = Qui êtes-vous ?
# PIN screen: another person.
other-profile = Changer de profil
# PIN screen: enrol one more profile.
add-profile = Ajouter un profil
# PIN screen: label of the hidden field.
pin-label = Votre code
# PIN screen: label of the pass-phrase.
passphrase-label = Votre phrase de passe
# PIN pad: main button.
pin-open = Ouvrir
# PIN pad: button of the next step.
pin-next = Continuer
# PIN pad: erase one digit.
pin-erase = Effacer un chiffre
# PIN pad: how many digits are typed, for screen readers.
pin-typed = { $count ->
    [0] Aucun chiffre tapé
    [one] 1 chiffre tapé
   *[other] { $count } chiffres tapés
}
# PIN pad: wrong PIN.
pin-wrong = Ce n’est pas le bon code.
# PIN pad: wrong pass-phrase.
passphrase-wrong = Ce n’est pas la bonne phrase.
# PIN pad: wait. Nothing is ever erased.
pin-wait = Attendez { $seconds } secondes. Rien n’est effacé.
# PIN pad, while Argon2 works.
pin-checking = Vérification…
# Bar under the header when the veil is on.
veil-on = Noms et notes masqués
# Its button.
veil-lift = Afficher
# Dialog of the veil.
veil-title = Afficher les noms

## Emergency screen. Nothing is stored.

# Emergency: title.
emergency-title = Urgence
# Emergency: first line.
emergency-first = Éloignez-vous du danger, puis appelez.
# Emergency: the tablet does not call.
emergency-phone = Appelez avec un téléphone. Rien n’est noté ici.
# Emergency: whom a national number reaches.
emergency-who = { $number ->
    [15] SAMU
    [17] Police
    [18] Pompiers
    [112] Urgences, partout en Europe
    [114] Urgences par SMS, sourds et malentendants
    [115] SAMU social, sans abri
    [119] Enfance en danger
    [3919] Violences faites aux femmes
   *[3114] Prévention du suicide
}
# Emergency: what to do, under the number.
emergency-what = { $number ->
    [15] Malaise, blessure : restez près de la personne.
    [17] Menace, agression : partez d’abord, appelez ensuite.
    [18] Feu, fumée, gaz : faites sortir, fermez les portes.
    [112] Si vous ne savez pas qui appeler.
    [114] Envoyez un SMS, on vous répond par écrit.
    [115] Personne à la rue : donnez le lieu exact.
    [119] Doute suffit. Appel gratuit, absent des factures.
    [3919] Écoute anonyme. En danger immédiat : le 17.
   *[3114] Écoute jour et nuit. Ne laissez pas la personne seule.
}
# Emergency: heading of local numbers.
emergency-local = Numéros d’ici
# Emergency: hides and locks the tablet at once.
emergency-lock = Verrouiller la tablette

## My day.

# Subtitle of the header during an outing.
day-outing = { $sector } · sortie depuis { $clock }
# Subtitle of the header during an outing with colleagues.
day-team = { $sector } · avec { $team }
# Subtitle of the header without an outing, when there are many sectors.
day-sectors = { $count } secteurs
# Main card: go on.
day-continue = Continuer : { $name }
# Main card, second line.
day-left = { $done } portes faites sur { $doors }
# Main card, second line, with the floor.
day-left-floor = { $floor } · { $done } portes faites sur { $doors }
# Main card when no stair was begun.
day-choose = Choisir un bâtiment
# Main card, second line, when no stair was begun.
day-choose-help = Aucun escalier en cours
# List of promises: title.
todo-title = À faire
# List of promises: nothing.
todo-none = Aucun passage promis.
# One promise: first line.
todo-line = Repasser : { $place }
# One promise: when it was made.
todo-promised = Promis { $when }
# Figures: title.
counts-title = Depuis ce matin
# Figure: doors.
count-doors = { $count ->
    [one] porte
   *[other] portes
}
# Figure: met.
count-met = { $count ->
    [one] rencontre
   *[other] rencontres
}
# Figure: what it is out of.
count-of = ({ $part } sur { $whole })
# Figure: callbacks.
count-callback = à repasser
# Figure: files.
count-households = { $count ->
    [one] dossier ouvert
   *[other] dossiers ouverts
}
# Points that wait for the coordinator.
day-to-settle = { $count ->
    [one] 1 point attend la coordination.
   *[other] { $count } points attendent la coordination.
}
# Card before the first door of the day: title.
posture-title = Avant la première porte
# Card before the first door: closes it for the day.
posture-close = Compris
# Card before the first door.
posture-1 = Frappez, reculez d’un pas, montrez votre badge.
# Card before the first door.
posture-2 = Dites qui vous êtes et pourquoi vous venez.
# Card before the first door.
posture-3 = Restez sur le palier. Personne n’est obligé de répondre.
# Card before the first door.
posture-4 = Un doute, une menace : partez, puis touchez « Urgence ».

## Outings.

# My day: start.
outing-start = Commencer une sortie
# Dialog of the start: title.
outing-start-title = Nouvelle sortie
# Dialog of the start: sector.
outing-sector = Secteur
# Dialog of the start: no sector is on the tablet yet.
outing-no-sector = Vos secteurs viendront avec le premier envoi.
# Dialog of the start: team.
outing-team = Avec
# Dialog of the start: nobody else.
outing-alone = Personne d’autre pour le moment
# Dialog of the start: planned return.
outing-return = Retour prévu
# Dialog of the start: no return planned.
outing-no-return = Sans
# Dialog of the start: main button.
outing-go = C’est parti
# My day: the open outing.
outing-open = Sortie en cours, { $sector }
# My day: its start.
outing-since = Depuis { $clock }
# My day: planned return.
outing-back-at = Retour prévu à { $clock }
# My day: no planned return.
outing-back-none = Pas de retour prévu
# My day: change the return.
outing-move = Changer le retour
# My day: end.
outing-end = Finir la sortie
# Dialog of the end: title.
outing-end-title = Finir la sortie ?
# Dialog of the end: the hours.
outing-end-help = Les heures sont proposées. Vous les corrigez à la main.
# Dialog of the end: main button.
outing-end-go = Finir maintenant
# My day: ended outings of the day.
outing-done-title = Sorties finies
# One ended outing.
outing-done = { $sector }, { $from } à { $to }
# One ended outing: doors.
outing-doors = { $count ->
    [0] aucune porte
    [one] 1 porte
   *[other] { $count } portes
}
# One ended outing: its hours, beside the buttons.
outing-hours = Temps retenu
# Buttons of the hours.
hours-less = 15 minutes de moins
# Buttons of the hours.
hours-more = 15 minutes de plus
# Alarm of the planned return: title.
alarm-title = Retour prévu à { $clock }
# Alarm: what to do.
alarm-help = Tout va bien ? Prévenez la coordination si vous restez.
# Alarm: everything is well, later.
alarm-later = { $time } de plus
# Alarm: ends the outing.
alarm-end = De retour : finir la sortie

## Buildings.

# Title.
buildings-title = Bâtiments
# Field above the list.
buildings-search = Chercher dans la liste
# Filter.
filter-all = Tout
# Filter: the sector of the outing.
filter-mine = À moi
# Filter: begun.
filter-begun = À finir
# Filter: never tried.
filter-never = Jamais faits
# Name of the filters for screen readers.
filter-label = Filtrer
# Coverage of a building or stair.
coverage = { $tried } portes essayées sur { $doors }
# Coverage, short, on a stair.
coverage-short = { $tried } sur { $doors }
# Coverage of a building: opened doors.
coverage-opened = { $count ->
    [0] aucune ouverte
    [one] 1 ouverte
   *[other] { $count } ouvertes
}
# A stair without a name, in its building.
stair-only = Plan des portes
# Nothing in the list.
buildings-none = Aucun bâtiment ici.
# Button under the list, and title of that screen.
stair-new = Nouvel escalier
# Number of buildings shown.
buildings-count = { $count ->
    [0] Aucun bâtiment
    [one] 1 bâtiment
   *[other] { $count } bâtiments
}

## New stair.

# Which building.
stair-building = Bâtiment
# The building is not in the list.
stair-building-new = Pas dans la liste
# Address of a new building.
stair-address = Adresse
# Example in the address field.
stair-address-example = 12 allée de Milan
# Name of the stair.
stair-name = Escalier (facultatif)
# Example in the field of the stair's name.
stair-name-example = C
# Floors.
stair-floors = Étages
# Buttons of the floors.
floors-less = Un étage de moins
# Buttons of the floors.
floors-more = Un étage de plus
# Doors on each floor.
stair-doors = Portes par étage
# Buttons of the doors.
doors-less = Une porte de moins
# Buttons of the doors.
doors-more = Une porte de plus
# Doors on the ground floor too.
stair-ground = Aussi au rez-de-chaussée
# How doors are numbered.
stair-numbering = Numéros
# One way to number.
numbering = { $code ->
    [floor_number] 101, 102 …
    [running] 1, 2, 3 …
   *[side] gauche, droite
}
# Main button.
stair-create = { $count ->
    [one] Créer 1 porte
   *[other] Créer { $count } portes
}

## Door grid.

# Header: building and stair.
plan-title = { $building } · { $stair }
# Bar above the grid, for screen readers.
plan-bar = { $tried } essayées sur { $doors } : { $met } rencontrées, { $absent } absents, { $callback } à repasser
# Beside the bar.
plan-count = { $tried } sur { $doors }
# Filter of the grid.
plan-all = Tout
# Filter of the grid.
plan-todo = À faire
# Filter of the grid.
plan-callback = Repasser
# Nothing for this filter.
plan-none = Aucune porte pour ce filtre.
# Button under the grid.
plan-floor = Étage entier…
# Left column, for screen readers.
plan-floor-of = Étage { $short } : en entier
# Button above the grid: one goes through this stair today, so that no other team does. Pressed while one does.
plan-take = J’y suis
# A colleague goes through this stair today. $who is a first name, or none when it is not known.
plan-taken = { $who ->
    [none] Une autre équipe passe dans cette cage, { $at }.
   *[other] { $who } passe dans cette cage, { $at }.
}
# Another structure knocked in this stair within fourteen days. $who is its name, or none; $doors how many doors, $at when last.
plan-knocked = { $who ->
    [none] Une autre structure
   *[other] { $who }
} a frappé ici { $at } ({ $doors ->
    [one] 1 porte
   *[other] { $doors } portes
}).
# Access button above the grid.
plan-access = Accès
# Dialog of the access: title.
access-title = Accès à l’immeuble
# Dialog of the access: field.
access-field = Digicode, gardien, ascenseur (aucun nom)
# A door, for screen readers.
door-label = Porte { $label }, { $status }
# A door with a file, for screen readers.
door-file = dossier ouvert
# A door with two values, for screen readers.
door-settle = à trancher
# Menu of a floor: title.
floor-title = Étage entier
# Menu of a floor: which one.
floor-which = Étage
# Menu of a floor: all absent.
floor-absent = Tous absents
# Menu of a floor: closed.
floor-inaccessible = Étage fermé
# Menu of a floor: all empty.
floor-vacant = Tous vides
# Menu of a floor: the whole stair.
floor-hall = Hall fermé : tout l’escalier
# Menu of a floor: what it touches.
floor-help = Seulement les portes à faire.
# Menu of a floor: add a door.
door-add = Ajouter une porte
# Dialog of a new door: its label.
door-new-label = Numéro ou nom lu sur la porte
# Dialog of a new door: main button.
door-new-go = Ajouter
# Toast after a floor.
floor-recorded = { $count ->
    [0] Aucune porte à faire ici
    [one] 1 porte : { $outcome }
   *[other] { $count } portes : { $outcome }
}
# Toast after a new door.
door-added = Porte { $label } ajoutée
# Toast after a new stair.
stair-added = Escalier créé

## Sheet of a door.

# Title of the sheet.
door-title = Porte { $label }
# Which passage this would be.
door-passage = { $count ->
    [1] 1er passage
   *[other] { $count }e passage
}
# Last passage.
door-last = { $outcome } { $when }
# No passage yet.
door-first = Jamais essayée
# Several values wait.
door-settle-help = Deux valeurs différentes ici. La coordination tranchera.
# The person asked that nobody knocks.
door-no-contact = La personne ne veut plus de visite. Ne frappez pas.
# Button: what a tap changes when a passage of today exists.
door-fix = Corriger
# Group of the outcomes, for screen readers.
door-outcomes = Résultat
# Group of the outcomes when it corrects.
door-outcomes-fix = Corriger le résultat
# Button to the rarer outcomes.
door-other = Autre…
# Button: nobody opened, and a notice is left. One tap records both.
door-notice = Absent + avis
# Button to the note.
door-note = Note
# Main chip: the next door of the series.
door-next = Suite → { $label }
# Back to the six outcomes.
door-again = Résultats
# Panel of the slots: title.
door-slots = Repasser quand ?
# Panel of the slots: without one.
slot-none = Sans créneau
# Panel of the slots: an exact time.
slot-exact = Un jour et une heure
# Panel of the slots: main button of the exact time.
slot-exact-go = Noter ce rendez-vous
# Panel of the rarer outcomes: title.
door-others = Autre résultat
# Toast after an absent door where a notice was left.
recorded-notice = { $label } : Absent, avis laissé, enregistré
# Toast after an outcome.
recorded = { $label } : { $outcome }, enregistré
# Details: needs.
details-needs = Besoins
# Details: flags.
details-flags = Précisions
# Details: note.
details-note = Note courte, sans nom
# Details: other values of the note.
details-other-notes = Autre note écrite en même temps : { $note }
# Details, household file: begins a diagnosis of rights.
details-diagnosis = Quels droits ?
# The diagnosis that is under way at this door.
details-diagnosis-on = Reprendre le diagnostic
# Household file: heading of its diagnoses.
household-rights = Droits du foyer
# Household file: a diagnosis under way.
diagnosis-open = Diagnostic en cours, { $when }
# Household file: a diagnosis that is done.
diagnosis-closed = Diagnostic terminé, { $when }
# Details: household file.
details-open-file = Ouvrir un dossier
# The household file that exists.
details-file = Dossier { $name }
# The household file that exists, without name.
details-file-plain = Dossier du foyer
# Previous passages.
door-history = Passages ({ $count })
# One passage: who.
visit-who = par { $who }
# One passage by another structure.
visit-elsewhere = par une autre structure

## Household file.

# Agreement screen: title.
consent-title = Ouvrir un dossier
# Agreement screen: what to say. 
consent-say = À dire, avant d’écrire
# Agreement screen.
consent-1 = Nous notons peu de choses, pour vous aider.
# Agreement screen.
consent-2 = Le centre social garde le dossier, personne d’autre ne le voit.
# Agreement screen.
consent-3 = Vous pouvez lire, corriger ou faire effacer à tout moment.
# Agreement screen.
consent-4 = Dire non ne change rien à l’aide.
# Agreement screen: language of the information.
consent-language = Information donnée en
# Agreement screen: mode.
consent-mode = Comment
# Agreement screen: what the person agrees to.
consent-agrees = La personne est d’accord pour
# Agreement screen: main button.
consent-go = La personne est d’accord
# Agreement screen: nothing agreed yet.
consent-none = Touchez au moins un accord. Sans accord, pas de dossier.
# Agreement screen: no name.
consent-anonymous = Sans nom, le dossier garde seulement des besoins.
# Access: the printed notice.
notice-paper = Avis de passage à imprimer
# Home: actions away from the doors.
day-outdoors = Dehors : pied d’immeuble, stand
# Household file: title.
household-title = Dossier du foyer
# Household file.
household-languages = Langues parlées
# Household file.
household-access = Ce qui aide
# Household file.
household-needs = Besoins
# Household file.
household-note = Note du dossier
# A value written by somebody else at the same time.
other-value = { $author } a écrit, { $when } :
# The same, by an unknown author.
other-value-unknown = Écrit aussi, { $when } :
# Takes the other value.
other-take = Garder ce texte
# Household file: people.
people-title = Personnes
# Household file: people without agreement by name.
people-locked = Pas de nom sans accord « Garder un nom et un téléphone ».
# Household file: adds a person.
person-add = Ajouter une personne
# A person.
person-title = Personne { $number }
# Person: given name.
person-given = Prénom
# Person: family name.
person-family = Nom
# Person: phone.
person-phone = Téléphone
# Person: year of birth.
person-birth = Année de naissance
# Household file: agreements.
agreements-title = Accords
# An agreement and when.
agreement-line = { $status }, { $when }
# Button: gives the agreement.
agree = Donne son accord
# Button: refuses.
refuse = Refuse
# Button: withdraws.
withdraw = Retire son accord
# Withdrawal: title.
withdraw-title = Retirer cet accord ?
# Withdrawal of the agreement by name.
withdraw-name = Noms et téléphones seront effacés partout. C’est définitif.
# Withdrawal of any other agreement.
withdraw-other = Le retrait est noté tout de suite. Il est définitif.
# Withdrawal: main button.
withdraw-go = Retirer définitivement

## Search.

# Field, and title of the screen.
search-title = Chercher
# Field.
search-field = Nom, adresse ou porte
# Before typing.
search-help = Tapez deux lettres ou plus.
# Nothing found.
search-none = Aucun résultat pour « { $text } ».
# Nothing found: what to do.
search-none-help = Essayez un autre mot, ou créez l’escalier.
# What was typed is the code of a slip, with a wrong character.
search-mistyped = Un caractère de ce code est faux. Relisez le bon.
# Group of results.
search-slips = Bons sans nom
# Group of results.
search-here = Dans cet escalier
# Group of results.
search-files = Dossiers
# Group of results.
search-places = Lieux
# Results, for screen readers.
search-count = { $count ->
    [0] Aucun résultat
    [one] 1 résultat
   *[other] { $count } résultats
}

## Journal of the day.

# Title.
journal-title = Journal du jour
# Nothing yet.
journal-none = Rien pour le moment.
# One action.
action = { $kind ->
    [visit] Passage
    [floor] Étage entier
    [amend_visit] Correction
    [note] Note
    [visit_note] Note
    [information] Information donnée
    [outing] Sortie
    [needs] Besoins
    [stair] Nouvel escalier
    [door] Nouvelle porte
    [building] Accès changé
    [household] Dossier
    [person] Personne du dossier
    [agreement] Accord
    [diagnosis] Diagnostic commencé
    [diagnosis_closed] Diagnostic terminé
    [right] Suite d’un droit
    [referral] Orientation
    [referral_event] Suite d’une orientation
    [task] Visite prévue
    [task_settled] Visite faite ou reportée
    [put_off] Reporté de 7 jours
    [welcomed] Nouveaux habitants accueillis
    [service] Service vérifié
    [outing_start] Début de sortie
    [outing_end] Fin de sortie
    [hours] Heures corrigées
    [verbatim] Parole notée
    [trust] Confiance notée
    [action_start] Début d’une action dehors
    [action_end] Fin d’une action dehors
   *[other] Action
}
# One action with its outcome.
action-outcome = { $action } : { $outcome }
# One action on several doors.
action-count = { $count ->
    [one] 1 porte
   *[other] { $count } portes
}
# The server has it.
action-sent = envoyé
# The server has it not yet.
action-waiting = à envoyer
# It is undone.
action-undone = annulé
# It cannot be undone.
action-final = définitif
# Undo, for screen readers.
action-undo-label = Annuler : { $what }
# Redo, for screen readers.
action-redo-label = Rétablir : { $what }

## Me.

# Title: first name.
me-title = { $name }
# Figures of the day.
me-counts = Mes chiffres du jour
# Display.
me-display = Affichage
# Theme.
me-theme = Thème
# One theme.
theme = { $code ->
    [light] Clair
    [dark] Sombre
   *[sun] Plein soleil
}
# Text size.
me-text = Taille du texte
# One text size.
text-size = { $percent } %
# Hand.
me-hand = Main qui touche
# Hand.
hand-right = Droite
# Hand.
hand-left = Gauche
# Series.
me-series = Après un résultat
# Series on.
series-on = Porte suivante
# Series off.
series-off = Rester sur la porte
# Security.
me-security = Sécurité
# Button: hide names.
me-veil = Masquer les noms
# Button: lock.
me-lock = Verrouiller
# Button: change the PIN.
me-pin = Changer mon code
# Change of the PIN: present one.
pin-old = Code actuel
# Change of the PIN: new one.
pin-new = Nouveau code
# Change of the PIN: main button.
pin-change = Changer
# Change of the PIN: done.
pin-changed = Code changé
# Button: journal.
me-journal = Journal du jour
# Version of the app.
me-version = Palier { $version }
