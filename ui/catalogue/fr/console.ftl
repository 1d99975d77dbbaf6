### The coordinator's console.

## Every page.

# Title of the window and of the side bar.
console-title = Palier · coordination
# Title of the window: page, then product.
window-title = { $page } · Palier
# First word of the side bar.
product = Palier
# Link that jumps over the side bar, first on each page.
skip = Aller au contenu
# Name of the side bar for screen readers.
nav-label = Pages
# Side bar.
nav-dashboard = Tableau de bord
# Side bar.
nav-coverage = Couverture
# Side bar.
nav-visits = Visites
# Side bar.
nav-points = Points à trancher
# Side bar.
nav-import = Importer
# Side bar.
nav-programme = Équipe et secteurs
# Side bar.
nav-tablets = Tablettes
# Side bar.
nav-help = Aide et état
# Side bar: a number beside a page, for screen readers.
nav-waiting = { $count ->
    [one] { NUMBER($count) } en attente
   *[other] { NUMBER($count) } en attente
}
# Side bar, bottom: whose session it is.
signed-in = Connecté : { $name }
# Side bar, bottom.
sign-out = Se déconnecter
# Band over every page, with the demonstration territory.
demo = Démonstration : les immeubles, les logements et les contours sont inventés.
# While the server answers for the first time.
loading = Chargement…
# Instead of a page, when it could not be read.
retry = Réessayer
# Buttons and dialogs: leave without doing it.
cancel = Annuler
# Buttons of dialogs.
close = Fermer
# Buttons of forms.
save = Enregistrer
# Notice after an action: undo it.
undo = Annuler
# Cells without a value.
none = —
# Share of a number: "41 %".
percent = { NUMBER($n) } %
# What a figure is out of: "333 sur 812".
out-of = { NUMBER($n) } sur { NUMBER($total) }
# A refusal of the server, in a notice or under a form.
error = { $code ->
    [signed_out] La session est terminée. Connectez-vous de nouveau.
    [wrong_login] Nom ou mot de passe faux.
    [too_many_tries] Trop d’essais. Attendez { $detail } minutes.
    [weak_password] Ce mot de passe est trop facile : 12 caractères ou plus, variés, sans le nom du compte.
    [name_taken] Ce nom est déjà pris.
    [already_set] Un premier compte existe déjà. Connectez-vous.
    [not_allowed] Ce compte n’a pas le droit de faire cela.
    [bad_request] Cette demande n’a pas été comprise : rien n’a été écrit.
    [field] À corriger : { $detail }. Rien n’a été écrit.
    [not_found] Ce n’est plus ici. La page a été relue.
    [changed] Cela a changé entre-temps : rien n’a été écrit. Regardez ce qui est affiché maintenant.
    [not_undoable] Cela ne peut plus être annulé : quelqu’un a écrit depuis, ou la personne a été effacée.
    [file_too_large] Ce fichier dépasse { $detail } Mio. Gardez seulement les communes du territoire.
    [file_gone] Les fichiers choisis ont été oubliés après 30 minutes. Choisissez-les de nouveau.
    [busy] D’autres imports attendent déjà. Réessayez dans quelques minutes.
    [full] Le disque du serveur est plein : rien n’a été écrit.
    [unreachable] Le serveur ne répond pas. Vérifiez le réseau.
   *[internal] Un incident est arrivé : rien n’a été écrit. Réessayez.
}
# Name of a field in a refusal, in a sentence.
field-name = { $field ->
    [name] le nom
    [password] le mot de passe
    [label] l’intitulé
    [number] le numéro
    [structure] la structure
    [structures] les structures
    [services] les services
    [sector] le secteur
    [role] le rôle
    [qpv] le quartier
    [source] la source
    [licence] la licence
    [date] la date
    [communes] les communes
    [files] les fichiers
   *[other] un champ
}
# An instant of today.
when-today = aujourd’hui à { $clock }
# An instant of yesterday.
when-yesterday = hier à { $clock }
# An instant of tomorrow.
when-tomorrow = demain à { $clock }
# Any other instant: "mardi 17 à 10 h 20".
when-day = { $day } à { $clock }
# A span in minutes, hours or days: "3 jours".
span-days = { $count ->
    [one] 1 jour
   *[other] { NUMBER($count) } jours
}
# A span of hours.
span-hours = { $count ->
    [one] 1 heure
   *[other] { NUMBER($count) } heures
}
# A span of minutes.
span-minutes = { $count ->
    [one] 1 minute
   *[other] { NUMBER($count) } minutes
}

## Login, and the first account.

# Title of the login.
sign-in-title = Connexion
# Title of the first page, when no account exists.
first-account-title = Premier compte
# Under the title of the first page.
first-account-lead = Ce serveur n’a pas encore de compte. Le premier sert à coordonner et à en créer d’autres.
# Field of the login and of the first account.
account-name = Nom du compte
# Field of the login.
password = Mot de passe
# Under the password of a new account.
password-rule = 12 caractères ou plus. Une phrase facile à retenir convient très bien.
# Box under a password.
password-show = Afficher le mot de passe
# Button of the login.
sign-in = Se connecter
# Button of the first page.
first-account-make = Créer le compte
# Under the login, when a session ended.
session-ended = La session s’est terminée après 20 minutes sans activité, ou 10 heures.

## Dashboard.

# Title of the dashboard.
dashboard-title = Semaine { $week } · { $where }
# Part of the title, without a filter.
all-sectors = tous les secteurs
# Label of the choice of a sector.
sector = Secteur
# First choice of the sectors.
every-sector = Tous les secteurs
# Figure of the dashboard.
figure-tried = portes faites
# Under it.
figure-tried-of = sur { NUMBER($total) } connues
# Figure of the dashboard.
figure-opened = ouvertes
# Under it.
figure-opened-of = { NUMBER($n) } sur { NUMBER($total) } faites
# Figure of the dashboard.
figure-visits = visites
# Under it.
figure-visits-week = dont { NUMBER($n) } depuis lundi
# Figure of the dashboard.
figure-points = points à trancher
# Under it, when there is none.
figure-points-none = rien n’attend
# Under it, when there are some.
figure-points-some = deux valeurs, une à garder
# Figure of the dashboard.
figure-silent = tablettes sans nouvelles
# Under it.
figure-silent-of = sur { NUMBER($total) } en service
# Heading.
coverage-by = Couverture
# Switch of the coverage.
by-sector = Par secteur
# Switch of the coverage.
by-qpv = Par quartier prioritaire
# Table headers.
col-place = Lieu
# Table headers.
col-doors = Portes
# Table headers.
col-tried = Faites
# Table headers.
col-opened = Ouvertes
# Table headers.
col-never = Jamais essayées
# Table headers.
col-passages = Passages
# What a bar says to a screen reader.
bar = ouvertes : { NUMBER($opened) }, essayées sans réponse : { NUMBER($closed) }, jamais essayées : { NUMBER($never) }
# Under the coverage: the colours of the bars, first part.
legend-opened = ouvertes
# Second part.
legend-closed = essayées
# Third part.
legend-never = jamais essayées
# Line of the coverage by QPV.
qpv-outside = Hors quartier prioritaire
# Line of the coverage by QPV.
qpv-unknown = Quartier inconnu ou à confirmer
# Empty coverage.
coverage-empty = Aucun immeuble pour le moment.
# Heading of what waits.
todo-title = À traiter
# Nothing waits.
todo-none = Rien n’attend. Tout est à jour.
# A line of what waits. $name is a first name, $days whole days.
todo-line = { $kind ->
    [points] Points à trancher : { NUMBER($count) }
    [same_visits] Visites peut-être communes : { NUMBER($count) }
    [duplicates] Doublons à examiner : { NUMBER($count) }
    [tablet_silent] { $name } : tablette sans nouvelles, { NUMBER($days) } jours
    [tablet_never] { $name } : tablette jamais synchronisée
    [tablet_unsent] { $name } : { NUMBER($count) } saisies à envoyer
    [tablet_clock] { $name } : horloge de la tablette fausse
    [qpv_to_confirm] Immeubles au quartier à confirmer : { NUMBER($count) }
    [no_territory] Aucun immeuble
    [no_sector] Aucun secteur
    [no_structure] Aucune structure
    [no_mediator] Personne dans l’équipe
    [no_tablet] Aucune tablette
    [no_backup] Aucune sauvegarde
   *[other] À regarder
}
# Under it: what to do.
todo-hint = { $kind ->
    [points] Deux personnes ont écrit sans se voir.
    [same_visits] Même porte, au même moment, deux médiateurs.
    [duplicates] Deux fiches semblent être le même foyer.
    [tablet_silent] L’appeler : les visites sont peut-être encore dessus.
    [tablet_never] Le premier envoi se fait avec le réseau.
    [tablet_unsent] Elle l’a dit à son dernier contact.
    [tablet_clock] L’ordre des visites reste juste, mais l’heure est à régler.
    [qpv_to_confirm] Le point est à 25 m du bord, ou moins.
    [no_territory] Importer la liste des logements.
    [no_sector] Créer un secteur avant d’importer.
    [no_structure] Créer la structure qui emploie l’équipe.
    [no_mediator] Ajouter les médiatrices et les médiateurs.
    [no_tablet] Créer un code pour la première tablette.
    [no_backup] Lancer « palier-server backup » chaque jour.
   *[other] { "" }
}
# Link of a line of what waits.
todo-see = Voir

## Coverage.

# Title of the page.
coverage-title = Couverture par immeuble
# Field over the list.
filter-address = Filtrer par adresse
# How many buildings are shown.
buildings-count = { $count ->
    [one] 1 immeuble
   *[other] { NUMBER($count) } immeubles
}
# Table header.
col-building = Immeuble
# Table header.
col-qpv = Quartier
# Table header.
col-last = Dernier passage
# Button that shows the stairs of a building.
show-stairs = { $count ->
    [one] Voir l’escalier
   *[other] Voir les { NUMBER($count) } escaliers
}
# Button that hides them.
hide-stairs = Replier
# A stair without a name.
only-stair = Escalier unique
# Last visit of a building nobody went to.
never = jamais
# Tag of a building of the demonstration.
invented = inventé
# Buttons on a building near the edge of a QPV.
settle-inside = Dans { $name }
# Same.
settle-outside = Hors quartier
# Heading of these buttons, for screen readers.
settle-label = { $address } : quartier à confirmer
# Notice after it.
settled = Quartier confirmé pour { $address }.
# Button under a long list.
show-more = Afficher la suite
# When the filter finds nothing.
no-match = Rien ne correspond à ce filtre.

## Visits.

# Title of the page.
visits-title = Visites
# How many.
visits-count = { $count ->
    [one] 1 visite
   *[other] { NUMBER($count) } visites
}
# Filters.
filter-outcome = Résultat
# First choice of the results.
every-outcome = Tous les résultats
# Filters.
filter-from = Du
# Filters.
filter-to = Au
# Table header.
col-when = Quand
# Table header.
col-where = Porte
# Table header.
col-outcome = Résultat
# Table header.
col-people = Qui
# Table header.
col-structure = Structure
# Table header.
col-sector = Secteur
# Buttons under the list.
page-before = Plus récentes
# Buttons under the list.
page-after = Plus anciennes
# Between them.
page-range = { NUMBER($from) } à { NUMBER($to) } sur { NUMBER($total) }
# Empty list.
visits-none = Aucune visite pour ce choix.
# Beside "Repasser": the slot.
slot = créneau : { $slot }

## Points à trancher.

# Title of the page.
points-title = Points à trancher
# Beside the title: which one of how many.
points-place = { NUMBER($n) } sur { NUMBER($total) }
# Nothing to settle.
points-none = Rien à trancher. Quand deux personnes écrivent sans se voir, les deux textes arrivent ici.
# What a point is about.
point-field = { $name ->
    [note] Note
    [text] Note de visite
    [given_name] Prénom
    [family_name] Nom
    [phone] Téléphone
   *[other] Texte
}
# Over the values.
point-lead = Écrits sans se voir. Rien n’est perdu : gardez l’un, l’autre ou les deux.
# Letter of a value.
side = { $n ->
    [0] A
    [1] B
    [2] C
    [3] D
   *[other] { NUMBER($n) }
}
# Over a value: who and when.
writing-by = { $who }, { $when }
# When the writer is not known.
someone = Quelqu’un
# Under it: how long it waited on the tablet.
writing-offline = écrit hors ligne, arrivé { $span } après
# Under it, when it came at once.
writing-online = arrivé aussitôt
# A value that was emptied.
writing-empty = (texte effacé)
# Button under a value.
keep-side = Garder { $side }
# Button for all the values of a text.
keep-all = { $count ->
    [2] Garder les deux
   *[other] Garder les { NUMBER($count) }
}
# Button: next without deciding.
later = Plus tard
# Help under the buttons.
points-keys = Touches ← et → pour choisir, Entrée pour garder.
# Name of the group of buttons.
decide-label = Décider
# Notice after a decision.
kept-side = { $what } : { $side } gardé.
# Notice after a decision.
kept-all = { $what } : tout est gardé.
# Notice after an undo.
decision-undone = Décision annulée : le point est de retour.
# Title of two visits that may be one.
same-visit-title = Une visite ou deux ?
# Over them.
same-visit-lead = { $how ->
    [outing] Même porte, même sortie, deux médiateurs : comptées une seule fois pour le moment.
   *[near] Même porte, à { $span } d’écart, deux médiateurs : comptées une seule fois pour le moment.
}
# Rows of two visits.
row-when = Quand
# Rows of two visits.
row-who = Qui
# Rows of two visits.
row-outcome = Résultat
# Rows of two visits.
row-structure = Structure
# Rows of two visits.
row-flags = Précisions
# Rows of two visits.
row-note = Note
# A visit with a note.
has-note = une note
# Under two visits: what one visit will be.
after-join = Après : une visite, faite par { $who }. Tout peut être défait plus tard.
# Button under a visit.
join-side = Une visite : garder { $side }
# Button.
two-visits = Ce sont deux visites
# Notice.
joined = Une seule visite, deux participants.
# Notice.
parted = Deux visites : elles comptent deux fois.
# Heading of the list of decisions.
decided-title = Décidé récemment
# No decision yet.
decided-none = Aucune décision pour le moment.
# A decision, in the list.
decision-kind = { $kind ->
    [point_one] Une valeur gardée
    [point_all] Tout gardé
    [one_visit] Une seule visite
    [two_visits] Deux visites
    [one_household] Un seul foyer
    [two_households] Deux foyers
    [one_person] Une seule personne
    [two_people] Deux personnes
   *[other] Décision
}
# Column header.
col-decision = Décision
# Column header.
col-about = À propos
# Column header.
col-value = Valeur gardée
# Column header, for the button.
col-action = Action
# Under a decision.
decision-by = { $who }, { $when }
# A decision that was undone.
decision-undone-at = annulée { $when }
# A decision that cannot be undone.
decision-final = ne peut plus être annulée
# Button of a decision, for screen readers.
undo-decision = Annuler : { $what }, { $place }

## Import.

# Title of the page.
import-title = Importer un territoire
# Under the title.
import-lead = Choisissez un ou plusieurs fichiers. Rien n’est écrit avant votre accord.
# Name of a kind of file.
file-kind = { $kind ->
    [zones] Contours des quartiers (QPV)
    [structures] Structures
    [services] Services
    [dwellings] Logements
   *[other] Fichier
}
# What a kind of file is.
file-hint = { $kind ->
    [zones] GeoJSON de l’ANCT. Il dit quels immeubles sont dans un quartier prioritaire.
    [structures] CSV « France services » ou JSON data·inclusion v1. Il remplit l’annuaire.
    [services] JSON data·inclusion v1. Ce que chaque structure propose, avec ses thèmes.
    [dwellings] CSV dans les colonnes du répertoire RPLS, une ligne par logement.
   *[other] { "" }
}
# Label of the choice of a file.
choose-file = Choisir un fichier
# A file being sent.
sending = Envoi de { $name }…
# A chosen file.
file-chosen = { $name } · { $size }
# Size of a file.
size-kib = { NUMBER($n) } Kio
# Size of a file.
size-mib = { NUMBER($n) } Mio
# Button under a chosen file.
remove = Retirer
# The same, for screen readers.
remove-file = Retirer { $name }
# Field of a file.
source = Source
# Field of a file.
licence = Licence
# Field of a file.
data-date = Date des données
# Choice of the sector of new dwellings.
import-sector = Secteur des nouveaux logements
# First choice: no sector for all, each building goes to the sector of its QPV.
import-sector-choose = Celui de leur quartier
# When there is no sector.
import-no-sector = Créez d’abord un secteur dans « Équipe et secteurs » : sans secteur, aucune tablette ne reçoit les logements.
# Field: which communes are kept.
communes = Communes à garder (codes INSEE)
# Under it.
communes-hint = Séparées par des espaces. Vide : toutes les lignes sont lues.
# Button.
try-import = Essayer sans rien écrire
# While it is read.
trying = Lecture des fichiers…
# Title of the report.
report-title = Essai : rien n’est encore écrit
# Figures of the report.
report-new = { $count ->
    [one] nouveau
   *[other] nouveaux
}
# Figures of the report.
report-changed = { $count ->
    [one] changé
   *[other] changés
}
# Figures of the report.
report-unchanged = { $count ->
    [one] inchangé
   *[other] inchangés
}
# Figures of the report.
report-refused = { $count ->
    [one] refusé
   *[other] refusés
}
# Name of a kind of record.
record-kind = { $kind ->
    [zones] Quartiers
    [buildings] Immeubles
    [stairs] Escaliers
    [doors] Portes
    [structures] Structures de l’annuaire
    [services] Services de l’annuaire
   *[other] Autres
}
# Column header of the report.
col-kind = Élément
# Column header of the report.
col-new = Nouveaux
# Column header of the report.
col-changed = Changés
# Column header of the report.
col-unchanged = Inchangés
# Under the report.
report-without-sector = { $count ->
    [one] 1 immeuble n’a pas de secteur : choisissez-en un, puis essayez de nouveau.
   *[other] { NUMBER($count) } immeubles n’ont pas de secteur : choisissez-en un, puis essayez de nouveau.
}
# Under the report: QPV of new buildings.
report-qpv = Quartier des immeubles nouveaux ou changés :
# One of them.
report-qpv-line = { $status } : { NUMBER($count) }
# Heading of a file in the report.
report-file = { $kind } · { $name }
# Under it.
report-rows = Lu : { NUMBER($rows) } · hors des communes gardées : { NUMBER($outside) } · refusé : { NUMBER($refused) }
# A file that could not be read at all.
report-stopped = Ce fichier n’a pas pu être lu.
# Heading of the refusals.
refusals = { $count ->
    [one] 1 ligne refusée
   *[other] { NUMBER($count) } lignes refusées
}
# Heading of the remarks.
remarks = { $count ->
    [one] 1 ligne prise avec une remarque
   *[other] { NUMBER($count) } lignes prises avec une remarque
}
# Under a list that is cut.
list-cut = Les { NUMBER($shown) } premières sont affichées.
# Column header of the refusals.
col-line = Ligne
# Column header of the refusals.
col-column = Colonne
# Column header of the refusals.
col-found = Ce qui est écrit
# Column header of the refusals.
col-reason = Raison et quoi faire
# Where a refusal is, in a list of elements.
element = élément { NUMBER($n) }
# Heading of the changes.
changes-title = { $count ->
    [one] 1 changement
   *[other] { NUMBER($count) } changements
}
# A change of a field: old, new.
field-change = { $field } : { $old } → { $new }
# Nothing before.
nothing = (vide)
# Name of a field that an import changes.
import-field = { $field ->
    [name] Nom
    [communes] Communes
    [contour] Contour (points)
    [invented] Inventé
    [commune] Commune
    [postcode] Code postal
    [point] Position
    [qpv] Quartier
    [address] Adresse
    [address_extra] Complément
    [commune_insee] Code INSEE
    [phone] Téléphone
    [email] Courriel
    [website] Site
    [source_link] Page de la source
    [accessibility_link] Accessibilité
    [siret] SIRET
    [licence] Licence
    [updated_on] Date
    [description] Description
    [networks] Réseaux
    [hours] Horaires
    [by_appointment] Sur rendez-vous
   *[other] { $field }
}
# Heading of the new records.
new-title = { $count ->
    [one] 1 nouveau
   *[other] { NUMBER($count) } nouveaux
}
# Button that writes the import.
accept-import = Accepter et écrire
# When there is nothing to write.
nothing-to-write = Tout est déjà là : il n’y a rien à écrire.
# While it is written.
writing = Écriture…
# Button that leaves the import.
leave-import = Ne rien écrire
# Notice after an import.
import-done = Import écrit. Les tablettes le recevront à leur prochain envoi.
# Heading of past imports.
imports-done = Imports acceptés
# No import yet.
imports-none = Aucun import pour le moment.
# A file of a past import.
past-file = { $kind } : { $name } · { $source } · { $licence } · { $date }
# A date of data that is not known.
date-unknown = date inconnue
# Figures of a past import.
past-figures = nouveaux : { NUMBER($new) }, changés : { NUMBER($changed) }, refusés : { NUMBER($refused) }
# A date of data.
data-of = données du { $date }

# Why a file or a line is refused, and what to do. $expected is a name, a limit or another line; $value what the file holds.
finding = { $code ->
    [file_empty] Le fichier est vide. Refaites l’export.
    [file_too_large] Le fichier dépasse { $expected } Mio. Gardez seulement les communes du territoire.
    [spreadsheet_file] C’est un classeur. Enregistrez-le au format CSV UTF-8.
    [compressed_file] C’est un fichier compressé. Décompressez-le d’abord.
    [encoding_utf16] C’est du « texte Unicode » (UTF-16). Enregistrez-le au format CSV UTF-8.
    [encoding_unknown] Les accents sont dans un codage inconnu. Ouvrez le fichier dans un tableur, vérifiez-les, enregistrez en CSV UTF-8.
    [web_page] C’est une page web, pas le fichier. Téléchargez le fichier lui-même.
    [unclosed_quote] Un guillemet s’ouvre ici et ne se ferme jamais. Fermez-le ou enlevez-le.
    [column_missing] La colonne { $expected } manque. Ajoutez-la, ou vérifiez que c’est le bon fichier.
    [column_twice] Cette colonne est là deux fois. Supprimez-en une.
    [too_many_columns] Plus de { $expected } colonnes. Vérifiez que c’est le bon fichier.
    [no_rows] Il n’y a rien sous la ligne de titres. Refaites l’export.
    [too_many_rows] Plus de { $expected } lignes. Gardez seulement les communes du territoire.
    [json_malformed] Le JSON est abîmé ici. Téléchargez-le de nouveau.
    [not_a_list] Ce JSON n’est pas une liste de structures. Prenez le fichier data·inclusion v1.
    [not_geojson] Ce n’est pas un GeoJSON de contours. Prenez le fichier des contours.
    [crs_not_wgs84] Les coordonnées ne sont pas en WGS84. Exportez de nouveau en WGS84 (EPSG:4326).
    [value_missing] Une case nécessaire est vide. Remplissez-la.
    [value_too_long] Plus de { $expected } caractères. Raccourcissez ; souvent, des cases ont glissé.
    [extra_values] Plus de cases que de titres : un séparateur est dans une valeur. Mettez-la entre guillemets.
    [line_break_in_value] Un retour à la ligne est dans la valeur. Supprimez-le.
    [control_character] Un caractère invisible est dans la valeur. Retapez-la.
    [house_number_unreadable] Ce n’est pas un numéro de rue. Écrivez 12, 12-14, ou SN.
    [floor_unreadable] Ce n’est pas un étage. Écrivez RDC, 3 ou -1.
    [label_unreadable] Ce numéro de logement ne dit rien. Écrivez ce qui est sur la porte.
    [insee_malformed] Ce n’est pas un code de commune : cinq caractères, comme 37261. Ce n’est pas le code postal.
    [duplicate_dwelling] La même porte est déjà à la ligne { $expected }. Enlevez le doublon, ou précisez l’escalier.
    [wrong_type] La forme attendue est : { $expected }. Vérifiez le fichier d’origine.
    [code_malformed] Ce n’est pas un code de quartier prioritaire, comme QN03709M.
    [duplicate_code] Le même code est déjà à { $expected }. Gardez le bon.
    [geometry_missing] Ce quartier n’a pas de contour. Exportez-le avec sa géométrie.
    [geometry_not_polygon] Ce n’est pas une surface. Prenez le fichier des contours.
    [ring_too_short] Ce contour a moins de trois coins. Exportez de nouveau, sans simplifier.
    [too_many_corners] Ce contour a plus de { $expected } points. Simplifiez-le.
    [coordinates_out_of_range] Ce ne sont pas des degrés. Exportez en WGS84 (EPSG:4326).
    [coordinates_swapped] Latitude et longitude sont inversées. Échangez-les.
    [id_not_v1] L’identifiant n’est pas de la forme « source--identifiant ». Prenez la version 1.
    [date_malformed] Ce n’est pas une date comme 2026-11-22. Corrigez-la.
    [postcode_unreadable] Le code postal n’a pas cinq chiffres : il est laissé de côté.
    [point_unreadable] Le point est illisible : pris sans lui, donc sans quartier.
    [points_disagree] Deux lignes du même immeuble sont à plus de 100 m : le premier point est gardé.
    [stairs_merged] Deux escaliers ont le même nom une fois lus : leurs portes sont réunies.
    [hours_unreadable] Les horaires sont gardés tels quels, « à vérifier ».
    [siret_unreadable] Le SIRET n’a pas quatorze chiffres : il est laissé de côté.
    [contact_unreadable] L’adresse web ou le courriel n’en est pas un : il est laissé de côté.
   *[other] Raison { $code }. Voir le guide « Importer un territoire ».
}

## Structures, people, sectors, local numbers.

# Title of the page.
programme-title = Équipe et secteurs
# Heading.
structures-title = Structures
# Heading.
people-title = Médiatrices et médiateurs
# Heading.
sectors-title = Secteurs
# Heading.
numbers-title = Numéros d’urgence locaux
# Under the heading.
numbers-lead = Ils s’ajoutent aux numéros nationaux, sur chaque tablette.
# Button.
add-structure = Ajouter une structure
# Button.
add-person = Ajouter une personne
# Button.
add-sector = Ajouter un secteur
# Button.
add-number = Ajouter un numéro
# Title of a dialog.
edit-structure = Structure
# Title of a dialog.
edit-person = Personne
# Title of a dialog.
edit-sector = Secteur
# Title of a dialog.
edit-number = Numéro d’urgence local
# Button of a line.
edit = Modifier
# The same, for screen readers.
edit-thing = Modifier { $name }
# Field.
name = Nom
# Field of a person.
first-name = Prénom
# Under it.
first-name-hint = Un prénom suffit. Rien d’autre n’est demandé.
# Field of a person.
role = Rôle
# Field of a person.
structure = Structure
# Under it, for a person who exists already.
structure-fixed = La structure ne change pas : les fiches d’une structure restent chez elle. Créez plutôt une autre personne.
# Box of a person.
active = Travaille ici en ce moment
# Tag of a person who left.
inactive = ne travaille plus ici
# Field of a structure.
kind = Type
# Kind of a structure.
structure-kind = { $kind ->
    [centre_social] Centre social
    [association_quartier] Association de quartier
    [association_specialisee] Association spécialisée
    [france_services] France services
    [ville] Ville
    [metropole] Métropole
    [ccas] CCAS
    [bailleur_social] Bailleur social
    [mission_locale] Mission locale
   *[autre] Autre
}
# Choice of a structure of the directory.
from-directory = Reprendre une structure de l’annuaire
# First choice.
from-directory-none = Non, en saisir une
# Field of a sector.
qpv = Quartier prioritaire
# First choice.
qpv-none = Aucun
# Group of boxes.
working-structures = Structures qui y travaillent
# Empty group.
no-structure-yet = Créez d’abord une structure.
# Field of a number.
number-label = Intitulé
# Field of a number.
number = Numéro
# Button of a number.
remove-number = Enlever des tablettes
# Tag: sectors of a structure.
structure-sectors = { $count ->
    [0] aucun secteur
    [one] 1 secteur
   *[other] { NUMBER($count) } secteurs
}
# Tag: people of a structure.
structure-people = { $count ->
    [0] personne
    [one] 1 personne
   *[other] { NUMBER($count) } personnes
}
# Tag: tablets of a person.
person-tablets = { $count ->
    [0] pas de tablette
    [one] 1 tablette
   *[other] { NUMBER($count) } tablettes
}
# Tag: content of a sector.
sector-places = immeubles : { NUMBER($buildings) }, portes : { NUMBER($doors) }
# Empty lists.
structures-none = Aucune structure.
# Empty lists.
people-none = Personne pour le moment.
# Empty lists.
sectors-none = Aucun secteur.
# Empty lists.
numbers-none = Aucun numéro local.
# Heading of the imported directory.
directory-title = Annuaire importé
# Count of the directory.
directory-count = { $count ->
    [0] vide
    [one] 1 structure
   *[other] { NUMBER($count) } structures
}
# Under an entry.
directory-source = { $source } · { $licence } · { $date }
# Hours that could not be read.
hours-to-check = à vérifier : { $hours }
# Notice after a save.
saved = { $name } : enregistré.
# Notice.
removed = { $name } : enlevé des tablettes.

## Tablets.

# Title of the page.
tablets-title = Tablettes
# Button.
add-tablet = Ajouter une tablette
# Empty list.
tablets-none = Aucune tablette. Créez un code, puis saisissez-le sur la tablette.
# Column header.
col-tablet = Tablette
# Column header.
col-contact = Dernier contact
# Column header.
col-version = Version
# Column header.
col-unsent = À envoyer
# Column header.
col-clock = Horloge
# Column header.
col-status = État
# Status of a tablet.
tablet-status = { $status ->
    [active] En service
    [suspended] Suspendue
    [revoked] Révoquée
   *[other] Inconnu
}
# A tablet that never synced.
never-synced = jamais
# Tag of a tablet not heard from.
silent = sans nouvelles
# A clock that is right.
clock-right = juste
# A clock that runs ahead.
clock-ahead = avance de { $span }
# A clock that runs behind.
clock-behind = retard de { $span }
# Buttons of a tablet.
suspend = Suspendre
# Buttons of a tablet.
resume = Remettre en service
# Buttons of a tablet.
revoke = Révoquer
# Buttons of a tablet.
lost = Perdue ou volée
# Button of the dialog of a lost tablet.
declare-lost = Déclarer perdue
# Group of buttons of a tablet, for screen readers.
tablet-actions = { $person }, tablette { $name }
# Title of the dialog.
suspend-title = { $person } : suspendre la tablette ?
# Text of the dialog.
suspend-text = Le serveur ne l’écoute plus. Rien n’est effacé dessus : ce qu’elle n’a pas envoyé partira quand vous la remettrez en service.
# Title of the dialog.
revoke-title = { $person } : révoquer la tablette ?
# Text of the dialog.
revoke-text = C’est définitif. Pour une tablette rendue : envoyez d’abord ce qu’elle porte encore.
# Title of the dialog.
lost-title = { $person } : tablette perdue ou volée ?
# Text of the dialog.
lost-text = Le serveur ne l’écoutera plus jamais. Ce qu’elle porte est chiffré, et protégé par un code personnel. Préparez une autre tablette avec un nouveau code.
# In the dialog, when it holds something.
unsent-warning = À son dernier contact, elle portait encore { NUMBER($count) } saisies non envoyées.
# Notice.
tablet-set = { $person } : { $status }.
# Title of the dialog of a new code.
enrol-title = Ajouter une tablette
# In the dialog.
enrol-who = Pour qui ?
# In the dialog, when nobody is there.
enrol-nobody = Ajoutez d’abord une personne dans « Équipe et secteurs ».
# In the dialog: what the tablet will hold.
enrol-sectors = Secteurs : { $sectors }. Fiches : { $structure } seulement.
# In the dialog, when the structure works nowhere.
enrol-no-sector = { $structure } ne travaille dans aucun secteur : la tablette serait vide.
# Button.
make-code = Créer le code
# Title of the code.
code-title = Code pour { $person }
# Text of the picture for screen readers.
code-picture = Code QR. Le même code est écrit en toutes lettres à côté.
# Over the code.
code-typed = Ou saisir sur la tablette :
# Label of the address.
code-address = Adresse
# Label of the code.
code-code = Code
# Countdown.
code-left = Encore { $clock }
# When it is over.
code-over = Ce code ne marche plus.
# State of a code.
code-state = { $state ->
    [used] { $person } : la tablette est prête.
    [expired] Ce code est trop vieux. Créez-en un autre.
    [dead] Trop d’essais faux : ce code est mort. Créez-en un autre.
   *[waiting] En attente de la tablette…
}
# Under the code.
code-once = Il sert une seule fois, pendant 15 minutes. Ne l’envoyez pas par courriel.
# Button.
another-code = Créer un autre code

## Help and state.

# Title of the page.
help-title = Aide et état
# Heading.
state-title = État du serveur
# Rows of the state.
state-version = Version
# Rows of the state.
state-started = Démarré
# Rows of the state.
state-clock = Horloge du serveur
# Rows of the state.
state-addresses = Adresses pour les tablettes
# Rows of the state.
state-backup = Dernière sauvegarde
# No backup.
backup-none = aucune : lancez « palier-server backup » chaque jour
# Rows of the state.
state-space = Place prise
# Rows of the state.
state-changes = Écritures reçues
# Rows of the state.
state-health = Santé
# Health.
health-good = Tout va bien
# Health.
health-bad = La base a { NUMBER($count) } défauts : restaurez la dernière sauvegarde
# Heading.
accounts-title = Comptes
# Button.
add-account = Ajouter un compte
# Button.
change-password = Changer mon mot de passe
# Field.
old-password = Mot de passe actuel
# Field.
new-password = Nouveau mot de passe
# Notice.
password-changed = Mot de passe changé. Les autres sessions sont fermées.
# Notice.
account-added = Compte { $name } créé.
# Heading.
guide-title = Comment faire
# Questions and answers.
guide-q1 = Commencer sur un territoire
# Questions and answers.
guide-a1 = Créez la structure et les secteurs, importez les contours puis les logements, ajoutez l’équipe, puis un code par tablette.
# Questions and answers.
guide-q2 = Une tablette n’envoie plus
# Questions and answers.
guide-a2 = Rien n’est perdu : tout reste chiffré sur la tablette. Elle envoie dès qu’elle voit ce serveur, même après des semaines.
# Questions and answers.
guide-q3 = Deux textes différents pour une même fiche
# Questions and answers.
guide-a3 = Les deux sont gardés. « Points à trancher » les montre côte à côte ; la décision part sur les tablettes et s’annule.
# Questions and answers.
guide-q4 = Une tablette est perdue
# Questions and answers.
guide-a4 = Dans « Tablettes », choisissez « Perdue ou volée ». Elle n’est plus écoutée, et son contenu reste chiffré.

## The partner's page: someone came with a slip.

# The link of the login page.
slip-link = Vous avez reçu une personne avec un bon ? Répondre
# Name of the product, above the page.
slip-product = Palier
# Title.
slip-title = Répondre à un bon
# What it is for.
slip-lead = Une personne est venue avec un code de neuf caractères. Dites ce qui s’est passé. Aucun nom n’est demandé ni montré.
# The field.
slip-code = Code du bon
# The button.
slip-look = Continuer
# No such code.
slip-unknown = Aucun bon n’a ce code. Vérifiez avec la personne ; après cinq erreurs il faut attendre.
# One character is wrong.
slip-mistyped = Un caractère du code est faux. Relisez-le sur le bon.
# Not of the form.
slip-form = Un code a neuf lettres et chiffres.
# What can be answered.
slip-answer = Que s’est-il passé ?
# An answer.
slip-say = { $code ->
    [received] Nous l’avons reçue
    [accepted] Nous la prenons
    [attended] La personne est venue
    [closed_success] C’est abouti
    [closed_without_result] Sans suite
    [no_show] Elle n’est pas venue
    [refused] Nous ne pouvons pas
   *[other] { $code }
}
# Nothing more to answer.
slip-done = Merci. Il n’y a plus rien à répondre.
# Back to the login.
slip-back = Espace de coordination
