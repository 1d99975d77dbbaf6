### The diagnosis of rights: its questions, their answers, the rights. Short, without jargon: it is read aloud on a landing.

## Questions and answers.

# A question; who it is about stands above it.
question = { $key ->
    [menage] Qui vit ici ?
    [enfants] Combien d’enfants à charge ?
    [droits] Que touche déjà le foyer ?
    [situation_couple] Le couple est-il marié ?
    [isolement_recent] Une séparation ou un décès depuis moins de 18 mois ?
    [rsa_percu_mensuel] Combien de RSA ce mois-ci ?
    [logement] Comment est le logement ?
    [logement-statut] Comment est le logement ?
    [logement-colocation] Est-ce une colocation ?
    [logement-participation_frais] Payez-vous quelque chose à qui vous héberge ?
    [logement-loyer_mensuel] Le loyer par mois, sans les charges ?
    [adulte-date_naissance] Quel âge a cette personne ?
    [adulte-activite] Que fait cette personne ?
    [adulte-mois_chomage] Au chômage depuis combien de mois ?
    [adulte-droit_au_sejour] Quel papier pour vivre en France ?
    [adulte-annees_titre_sejour] Ce titre, depuis combien de temps ?
    [adulte-revenus] De l’argent chaque mois : d’où vient-il ?
    [adulte-salaire_net_mensuel] Le salaire net par mois ?
    [adulte-chomage_mensuel] Le chômage par mois ?
    [adulte-retraite_mensuelle] La retraite par mois ?
    [adulte-pension_invalidite_mensuelle] La pension d’invalidité par mois ?
    [adulte-pension_alimentaire_percue_mensuelle] La pension alimentaire reçue par mois ?
    [adulte-pension_alimentaire_versee_mensuelle] La pension alimentaire payée par mois ?
    [adulte-benefice_independant_mensuel] Le bénéfice par mois, à son compte ?
    [adulte-avis_impot] En 2024, d’où venait l’argent déclaré ?
    [adulte-salaire_imposable_2024] Salaires de 2024, sur l’avis d’impôt ?
    [adulte-chomage_imposable_2024] Chômage de 2024, sur l’avis d’impôt ?
    [adulte-retraite_imposable_2024] Retraites de 2024, sur l’avis d’impôt ?
    [adulte-epargne_livret_a] De l’argent de côté : combien environ ?
    [adulte-handicap] Un handicap reconnu par la MDPH ?
    [adulte-taux_incapacite] Quel taux de handicap ?
    [adulte-rsdae] La MDPH reconnaît-elle une difficulté d’emploi durable ?
    [adulte-inapte_travail] Reconnue inapte au travail par un médecin ?
    [adulte-enceinte] Une grossesse en cours ?
    [adulte-boursier] Une bourse d’études ?
    [adulte-rsa_jeune_2ans_travail] A-t-elle travaillé deux ans sur les trois derniers ?
    [enfant-date_naissance] Quel âge a cet enfant ?
    [enfant-scolarite] Quelle école ?
    [enfant-salaire_net_mensuel] Cet enfant a-t-il un salaire ?
    [enfant-garde_alternee] Vit-il une semaine sur deux chez l’autre parent ?
    [enfant-taux_incapacite] Un handicap reconnu par la MDPH ?
    [enfant-aeeh_complement] Quel complément d’AEEH ?
    [enfants-salaires] Un enfant a-t-il un salaire ?
    [enfants-garde] Un enfant vit-il aussi chez l’autre parent ?
    [enfants-handicap] Un enfant a-t-il un handicap reconnu ?
   *[other] { "" }
}

# What helps to answer; often nothing.
question-help = { $key ->
    [menage] Adultes du foyer et enfants à charge.
    [enfants] Moins de 25 ans et pas encore partis.
    [droits] Plusieurs réponses possibles.
    [logement-loyer_mensuel] Il est sur la quittance.
    [adulte-droit_au_sejour] Certains droits en dépendent. On n’écrit pas la réponse.
    [adulte-annees_titre_sejour] On n’écrit pas la réponse.
    [adulte-revenus] Plusieurs réponses possibles.
    [adulte-salaire_net_mensuel] Ce qui arrive sur le compte.
    [adulte-avis_impot] Plusieurs réponses possibles. L’avis d’impôt le dit.
    [adulte-epargne_livret_a] Livrets et comptes, ensemble.
    [adulte-handicap] Le courrier de la MDPH dit le taux.
    [enfants-salaires] Apprentis compris.
    [enfants-garde] Touchez chaque enfant concerné.
    [enfants-handicap] Touchez chaque enfant concerné.
   *[other] { "" }
}

# An answer: its question, then its code.
answer = { $code ->
    [oui] Oui
    [non] Non
    [menage-seul] Une personne seule
    [menage-couple] Un couple
    [menage-seul_enfants] Un parent seul, avec enfants
    [menage-couple_enfants] Un couple, avec enfants
    [droits-aide_logement] Aide au logement (APL)
    [droits-rsa] RSA
    [droits-ppa] Prime d’activité
    [droits-css] Complémentaire santé solidaire
    [droits-aah] Allocation adulte handicapé
    [droits-af] Allocations familiales
    [droits-aspa] Minimum vieillesse (ASPA)
    [droits-asf] Allocation de soutien familial
    [droits-aucun] Rien de tout cela
    [situation_couple-marie] Marié
    [situation_couple-pacse] Pacsé
    [situation_couple-concubinage] Ni marié ni pacsé
    [logement-hlm] Location HLM
    [logement-vide] Location vide, privée
    [logement-meuble] Location meublée
    [logement-colocation] Colocation
    [logement-heberge] Hébergé chez quelqu’un
    [logement-proprietaire] Propriétaire
    [logement-sans_domicile] Sans logement
    [logement-statut-hlm] Location HLM
    [logement-statut-vide] Location vide, privée
    [logement-statut-meuble] Location meublée
    [logement-statut-heberge] Hébergé chez quelqu’un
    [logement-statut-proprietaire] Propriétaire
    [logement-statut-sans_domicile] Sans logement
    [adulte-activite-emploi] Salarié
    [adulte-activite-independant] À son compte
    [adulte-activite-chomage] Au chômage
    [adulte-activite-retraite] À la retraite
    [adulte-activite-etudiant] Étudiant
    [adulte-activite-sans_activite] Sans travail, sans chômage
    [adulte-droit_au_sejour-sans_condition] Aucun papier demandé : français, réfugié
    [adulte-droit_au_sejour-europeen] Européen ou suisse
    [adulte-droit_au_sejour-titre] Titre de séjour
    [adulte-droit_au_sejour-sans_titre] Pas de titre
    [adulte-annees_titre_sejour-europeen_3_mois] Trois mois ou plus
    [adulte-annees_titre_sejour-europeen_recent] Moins de trois mois
    [adulte-annees_titre_sejour-titre_10_ans] Dix ans ou plus
    [adulte-annees_titre_sejour-titre_5_ans] De cinq à dix ans
    [adulte-annees_titre_sejour-carte_resident] Carte de résident, moins de dix ans
    [adulte-annees_titre_sejour-titre_recent] Moins de cinq ans
    [adulte-revenus-salaire] Un salaire
    [adulte-revenus-chomage] Le chômage
    [adulte-revenus-retraite] Une retraite
    [adulte-revenus-invalidite] Une pension d’invalidité
    [adulte-revenus-pension_recue] Une pension alimentaire reçue
    [adulte-revenus-pension_versee] Une pension alimentaire payée
    [adulte-revenus-independant] Un travail à son compte
    [adulte-revenus-aucun] Rien de tout cela
    [adulte-avis_impot-salaire] Des salaires
    [adulte-avis_impot-chomage] Du chômage
    [adulte-avis_impot-retraite] Des retraites
    [adulte-avis_impot-aucun] Rien de tout cela
    [adulte-handicap-aucun] Non
    [adulte-handicap-moins_50] Moins de 50 %
    [adulte-handicap-de_50_a_79] De 50 à 79 %
    [adulte-handicap-plus_80] 80 % ou plus
    [adulte-taux_incapacite-aucun] Aucun
    [adulte-taux_incapacite-moins_50] Moins de 50 %
    [adulte-taux_incapacite-de_50_a_79] De 50 à 79 %
    [adulte-taux_incapacite-plus_80] 80 % ou plus
    [enfant-scolarite-maternelle] Maternelle
    [enfant-scolarite-elementaire] Élémentaire
    [enfant-scolarite-college] Collège
    [enfant-scolarite-lycee] Lycée
    [enfant-scolarite-superieur] Après le bac
    [enfant-scolarite-aucune] Pas d’école
    [enfant-taux_incapacite-aucun] Non
    [enfant-taux_incapacite-moins_50] Moins de 50 %
    [enfant-taux_incapacite-de_50_a_79] De 50 à 79 %
    [enfant-taux_incapacite-plus_80] 80 % ou plus
    [enfant-aeeh_complement-aucun] Aucun
    [enfant-aeeh_complement-un] 1re catégorie
    [enfant-aeeh_complement-deux] 2e catégorie
    [enfant-aeeh_complement-trois] 3e catégorie
    [enfant-aeeh_complement-quatre] 4e catégorie
    [enfant-aeeh_complement-cinq] 5e catégorie
    [enfant-aeeh_complement-six] 6e catégorie
    [aucun] Rien
    [enfants-aucun] Aucun
   *[other] Autre
}

# An age that has to be told closer: the year.
ask-year = Née ou né en quelle année ?
# An age that has to be told closer: the month.
ask-month = Née ou né quel mois ?
# A month of birth.
month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[other] décembre
}

## Bands and numbers.

# Less than an amount.
band-below = Moins de { NUMBER($max) } €
# Between two amounts.
band-between = De { NUMBER($min) } à { NUMBER($max) } €
# More than an amount.
band-above = { NUMBER($min) } € ou plus
# Ages of an adult.
ages-below = Moins de { $max } ans
# Ages of an adult.
ages-between = De { $min } à { $max } ans
# Ages, without a most.
ages-above = { $min } ans ou plus
# The age of a child.
age-of = { $age ->
    [0] Moins d’un an
    [one] { $age } an
   *[other] { $age } ans
}
# Months that something has lasted.
lasted-below = Moins de { $max } mois
# Months that something has lasted.
lasted-between = De { $min } à { $max } mois
# Months that something has lasted.
lasted-above = { $min } mois ou plus

## The screen of a question.

# Title of the screen.
title = Diagnostic
# Under the title: how far it is.
progress = Question { $number }, encore { $left } environ
# Under the title, at the last question.
progress-last = Question { $number }, la dernière
# Under the title, for a question looked at again.
progress-again = Question { $number }, déjà posée
# Read aloud: how far the bar is.
progress-bar = Avancement du diagnostic
# Whom the question is about: the only adult.
whom-alone = La personne
# Whom the question is about: one of two adults.
whom-adult = Adulte { $number }
# Whom the question is about: a child.
whom-child = Enfant { $number }
# Whom the question is about: all children.
whom-children = Les enfants
# Button: nobody knows.
unknown = Je ne sais pas
# Button: the person would not say.
refused = Préfère ne pas dire
# Button: the question before.
before = Question d’avant
# Button under several answers.
confirm = Valider
# Button: an amount may be typed instead.
type-amount = Taper le montant
# Field: an amount, in euros.
amount = Montant en euros
# Field: a year of birth.
birth-year = Année de naissance
# Field: a number.
number = Nombre
# What is typed is no answer.
not-an-answer = Tapez un nombre entre { $min } et { $max }.
# An answer that contradicts another.
contradicts = Cette réponse en contredit une autre. Vérifiez l’âge ou l’école.
# Above the rights found so far.
likely = Déjà probable
# Beside it: rights that still hang on an answer.
open-rights = { $count ->
    [0] Tous les droits sont vus
    [one] { $count } droit encore à voir
   *[other] { $count } droits encore à voir
}
# No right is likely yet.
none-likely = Rien de sûr encore : continuez.
# Button: all rights.
see-rights = Voir les droits
# Button: back to the questions.
see-questions = Reprendre les questions

## The rights.

# Title of the screen of the rights.
rights-title = Droits du foyer
# Under it, always.
estimate = Estimation : seul l’organisme décide.
# What could be asked for, in euros a month.
to-ask = { $count ->
    [0] Aucun droit probable pour l’instant
    [one] { $count } droit probable à demander
   *[other] { $count } droits probables à demander
}
# The sum of what could be asked for.
sum-between = Environ { NUMBER($min) } à { NUMBER($max) } € par mois
# The sum, when its most is not known yet.
sum-from = Au moins { NUMBER($min) } € par mois
# The sum, when it is known.
sum = Environ { NUMBER($min) } € par mois
# How many of each.
counted = À vérifier : { $check } · déjà ouverts : { $held } · non : { $no }
# A group of the list.
group = { $status ->
    [claimable] Probables
    [in_progress] Demandés
    [held] Déjà ouverts
    [to_check] À vérifier
    [not_asked] Pas encore vus
    [declined_to_say] Pas dits
   *[other] Non
}
# The status of a right without an amount, on its line.
status = { $status ->
    [claimable] probable
    [in_progress] demandé
    [held] déjà ouvert
    [to_check] à vérifier
    [not_asked] pas encore vu
    [declined_to_say] pas dit
   *[other] non
}
# An amount a month.
monthly = { NUMBER($cents) } € / mois
# A least amount a month: the most is not known yet.
monthly-from = dès { NUMBER($min) } € / mois
# A most amount a month: the least is nothing.
monthly-up-to = jusqu’à { NUMBER($max) } € / mois
# A range of amounts a month.
monthly-between = { NUMBER($min) } à { NUMBER($max) } € / mois
# An amount a year.
yearly = { NUMBER($cents) } € / an
# A least amount a year: the most is not known yet.
yearly-from = dès { NUMBER($min) } € / an
# A most amount a year: the least is nothing.
yearly-up-to = jusqu’à { NUMBER($max) } € / an
# A range of amounts a year.
yearly-between = { NUMBER($min) } à { NUMBER($max) } € / an
# The figures were not compared with their source lately.
stale = barème à vérifier
# What became of a right, on its line.
follow-up = { $code ->
    [asked] demandé
    [granted] obtenu
    [refused] refusé
    [nothing] sans suite
   *[other] { "" }
}
# Rights that newer figures would tell otherwise.
to-review = À revoir, le barème a changé : { $names }.
# The slip of a diagnosis without an agreement.
slip = Bon sans nom
# What to do with it.
slip-help = Donnez ce code : il retrouve ce diagnostic, sans nom.
# Button: more questions after the eight.
go-on = Poser d’autres questions
# Button: ends the diagnosis.
close = Terminer le diagnostic
# It is closed.
closed = Diagnostic terminé, commencé { $when }
# Button: to the household file.
to-file = Dossier du foyer
# Button: to the door.
to-door = Retour à la porte

## A right.

# Why not.
because = Pourquoi non
# What to bring.
documents = À apporter
# Who decides.
decides = Qui décide
# Where to apply.
apply = Où demander
# What taking it changes.
affects = Ce que cela change
# The law.
source = Texte
# The month of the figures.
figures = Barème de { $month }
# Why it was not asked for.
why-not = Pourquoi n’est-il pas demandé ?
# Types of non-take-up.
non-take-up = { $code ->
    [non_connaissance] Ne connaissait pas
    [non_demande] Connu, pas demandé
    [non_reception] Demandé, pas reçu
   *[non_proposition] Pas proposé
}
# The motive, if it was told.
motive-label = La raison, si elle est dite
# Motives of non-take-up.
motive = { $code ->
    [unknown_right] Droit inconnu
    [unknown_body] Ne sait pas à qui demander
    [thinks_not_eligible] Pense ne pas y avoir droit
    [wrong_information] Mal renseigné
    [too_complex] Trop compliqué
    [fear_consequences] Peur d’un contrôle ou d’une dette
    [wants_autonomy] Veut s’en sortir seul
    [stigma] Honte de demander
    [low_benefit] Trop peu d’argent pour l’effort
    [disagreement] N’est pas d’accord avec cette aide
    [past_bad_experience] Mauvais souvenir
    [digital_barrier] Internet bloque
    [language_barrier] La langue bloque
    [mobility_or_hours] Trop loin ou mauvais horaires
    [health_or_fatigue] Santé ou fatigue
    [waiting_life_change] Attend un changement de vie
    [by_choice] Par choix
    [file_incomplete] Dossier incomplet
    [refused_contested] Refusé, à contester
    [no_answer_delay] Pas de réponse
    [suspended_or_cut] Suspendu ou coupé
    [lost_file] Dossier perdu
    [appointment_missing] Pas de rendez-vous
    [error_body] Erreur de l’organisme
    [not_offered_by_agent] L’agent ne l’a pas dit
    [service_saturated] Service débordé
    [discouraged_by_agent] Découragé au guichet
   *[sorted_out_as_ineligible] Écarté comme non concerné
}
# What became of it.
followed = Où en est la demande ?
# What became of it, as a chip.
followed-as = { $code ->
    [asked] Demandé
    [granted] Obtenu
    [refused] Refusé
   *[nothing] Sans suite
}
# The household has it already, or asked for it.
standing = Le foyer l’a-t-il déjà ?
# As a chip.
standing-as = { $code ->
    [held] Déjà ouvert
   *[in_progress] Demande en cours
}
