### The figures of the contrat de ville: each with what it counts.

# Title of the page, and side bar.
title = Indicateurs
# First and last day.
from = Du
# The last day counts.
to = au
# Years at one touch.
years = Année
# Takes the figures away as a table.
take-csv = Exporter (CSV)
# Name of the file: from, to.
file-name = palier-indicateurs-{ $from }-{ $to }.csv
# Heads of the exported table.
col-group = Sujet
# Which figure.
col-figure = Indicateur
# Whom or what it is about.
col-about = Détail
# The count.
col-count = Nombre
# What it is out of.
col-of = Sur
# In neither.
col-aside = Sans réponse
# What it counts.
col-definition = Définition
# Who may see true numbers.
true-numbers = Nombres exacts, pour la coordination seule. Ce qui sort de la structure masque les petits nombres.
# Subjects.
group = { $code ->
    [doors] Portes et passages
    [met] Personnes rencontrées
    [actions] Dehors
    [rights] Non-recours
    [granted] Accès aux droits
    [referrals] Orientations
   *[trust] Confiance
}
# Figures.
figure = { $code ->
    [doors_tried] Portes essayées
    [doors_opened] Portes ouvertes
    [visits] Passages
    [households] Dossiers ouverts
    [slips] Bons remis sans dossier
    [known_by_none] Connus d’aucune structure
    [actions_done] Actions terminées
    [counted] Personnes comptées
    [seniors] 60 ans et plus
    [diagnosed] Diagnostics terminés
    [non_take_up] Non-recours
    [not_claimable] Droits non mobilisables
    [held] Droits déjà ouverts
    [rights_granted] Droits obtenus
    [granted_days] Délai médian, en jours
    [rights_asked] Droits demandés
    [rights_refused] Droits refusés
    [referrals_made] Orientations
    [referrals_closed] Boucles fermées
    [closed_days] Délai médian, en jours
    [newcomers] Nouvelles personnes dans les structures
    [enrolled_first] Nouvelles inscriptions en centre social
    [france_services_first] Nouvelles personnes en France services
    [trust_gained] Confiance en hausse
   *[trust_lost] Confiance en baisse
}
# What each counts, exactly.
definition = { $code ->
    [doors_tried] Portes avec au moins un passage dans la période, sur toutes les portes.
    [doors_opened] Portes ouvertes au moins une fois, sur les portes essayées.
    [visits] Tous les passages ; deux médiateurs ensemble comptent chacun le leur.
    [households] Dossiers ouverts avec un accord dans la période.
    [slips] Codes différents remis à des personnes sans dossier. Ne s’ajoute pas aux dossiers.
    [known_by_none] Dossiers qu’aucune structure ne connaissait, sur ceux où la question fut posée.
    [actions_done] Actions commencées dans la période et terminées. Celles qui n’ont pas eu lieu ne comptent pas.
    [counted] Comptées sans nom, par toutes les tablettes. Ne s’ajoutent pas aux dossiers ni aux bons.
    [seniors] Sur les personnes comptées dont l’âge est estimé.
    [diagnosed] Foyers et bons avec un diagnostic terminé ; seul le dernier compte.
    [non_take_up] Droits mobilisables et non demandés, sur les droits décidés. « À vérifier » est à part.
    [not_claimable] Droits que le foyer ne peut pas avoir, sur les droits décidés.
    [held] Droits déjà perçus, sur les droits décidés.
    [rights_granted] Droits obtenus après un diagnostic, à la date où ce fut noté.
    [granted_days] Du diagnostic au droit obtenu. La moitié des droits en a pris moins.
    [rights_asked] Demandes faites, pas encore décidées.
    [rights_refused] Demandes refusées par l’organisme.
    [referrals_made] Orientations faites dans la période.
    [referrals_closed] Orientations avec une issue connue, sur celles remises à un service.
    [closed_days] De l’orientation à son issue.
    [newcomers] Foyers et bons venus pour la première fois quelque part, chacun compté une fois.
    [enrolled_first] Inscriptions à une activité, pour la première fois, notées dans la période.
    [france_services_first] Personnes venues pour la première fois dans une France services.
    [trust_gained] Au moins un niveau de plus entre la première et la dernière réponse du même code.
   *[trust_lost] Au moins un niveau de moins. Qui a répondu une seule fois est à part.
}
# What is in neither.
aside = { $code ->
    [known_by_none] { $count ->
        [one] Question non posée à { $count } dossier
       *[other] Question non posée à { $count } dossiers
    }
    [seniors] { $count ->
        [one] Âge inconnu pour une personne
       *[other] Âge inconnu pour { $count } personnes
    }
    [trust_gained] { $count ->
        [one] { $count } personne a répondu une seule fois
       *[other] { $count } personnes ont répondu une seule fois
    }
    [trust_lost] { $count ->
        [one] { $count } personne a répondu une seule fois
       *[other] { $count } personnes ont répondu une seule fois
    }
   *[other] { $count ->
        [one] { $count } droit à vérifier
       *[other] { $count } droits à vérifier
    }
}
# Tables.
table = { $code ->
    [outcomes] Passages par résultat
    [needs] Besoins exprimés
    [last_contact] Dernière venue dans un service public
    [action_kinds] Actions par type
    [bands] Personnes comptées par âge
    [heard] Besoins entendus dehors
    [claimable] Non-recours par droit
    [non_take_up_types] Non-recours par type
    [motives] Raisons dites
    [referral_states] Orientations par état
    [referral_needs] Orientations par besoin
    [attended] Fréquentation par service
   *[sources] Qui a dit l’issue
}
# A service that left the directory.
gone = Service retiré du répertoire
# Nothing in the period.
nothing = Rien dans cette période.

## What stands side by side

# What the columns are.
beside = Comparer
# Choices of columns.
beside-choice = { $code ->
    [qpv] Les quartiers
    [year] Les années
   *[nothing] Rien
}
# The column that others are compared with.
baseline = Référence
# No column is the baseline.
baseline-none = Aucune
# A column: the sectors that are in no QPV.
outside = Hors quartier prioritaire
# A column: everything.
everywhere = Ensemble
# Head of the first column.
col-line = Ce qui est compté
# Beside a number: more or less than the baseline.
more = +{ $count }
# Beside a number: less than the baseline.
less = −{ $count }
# The same, of shares.
more-points = +{ $count } pt
# The same, of shares.
less-points = −{ $count } pt
# Side by side, but nothing was written in any year.
no-year = Rien n’est noté entre 2024 et 2030.

## What leaves the structure

# Heading: releases.
releases-title = Publier un bilan
# Under it.
releases-lead = Ce qui sort de la structure : chiffres figés et numérotés, petits nombres masqués.
# Period of a release.
release-period = Période
# A quarter.
release-quarter = { $quarter ->
    [1] 1er trimestre { $year }
    [2] 2e trimestre { $year }
    [3] 3e trimestre { $year }
   *[4] 4e trimestre { $year }
}
# A year.
release-year = Année { $year }
# Columns of a release.
release-split = Colonnes
# By neighbourhood, or all together.
release-split-choice = { $code ->
    [qpv] Par quartier
   *[whole] Ensemble seulement
}
# Shows what would be hidden.
release-try = Voir ce qui sera masqué
# What would be hidden.
release-hidden = { $hidden } nombres masqués sur { $all }.
# Most is hidden.
release-mostly = La plupart des nombres seraient masqués. Publiez plutôt l’ensemble, ou l’année entière.
# Freezes it.
release-make = Figer et numéroter
# In the dialog.
release-confirm = C’est définitif : les chiffres de cette période ne changeront plus. Ce qui arrive après n’y sera pas.
# Notice.
release-made = Bilan n° { $number } publié.
# Nothing can be released.
release-none-open = Rien à publier. Un trimestre ou une année se publie 30 jours après sa fin.
# Empty list.
releases-none = Aucun bilan publié.
# A release.
release-name = Bilan n° { $number }
# Day of a release.
release-day = publié le { $day }
# Which figures.
template = Modèle
# Templates.
template-name = { $code ->
    [contrat_de_ville] Contrat de ville, fiche 4.1.3
    [adulte_relais] Adulte-relais
    [bailleur] Bailleur
   *[libre] Libre
}
# Subjects of the free template.
template-subjects = Sujets
# Formats of a file.
release-file = { $format ->
    [pdf] PDF accessible
    [xlsx] XLSX
    [csv] CSV
   *[json] JSON
}
# The same, for screen readers.
release-file-of = Bilan n° { $number } en { $format ->
    [pdf] PDF accessible
    [xlsx] XLSX
    [csv] CSV
   *[json] JSON
}

## The words of a bilan on paper and in a workbook

# Title.
bilan-title = Bilan de la médiation : { $template }
# Under the title.
bilan-number = Bilan n° { $number }, publié le { $day }
# A trial.
bilan-trial = Essai : non publié
# Under the title.
bilan-days = Du { $from } au { $to }
# First paragraph.
bilan-rule = Les nombres de personnes inférieurs à { $least } sont masqués. D’autres le sont aussi pour qu’aucun ne se calcule. Un nombre masqué peut être petit ou grand.
# Second paragraph.
bilan-sums = Le total est la somme des quartiers. Une année dont les quatre trimestres furent publiés en est la somme.
# A hidden number.
bilan-hidden = masqué
# A number of nothing.
bilan-nothing = sans objet
# A number out of another.
bilan-of = { $count } sur { $of }
# The same with its share.
bilan-share = { $count } sur { $of } ({ $percent } %)
# Heading: what each figure counts.
bilan-definitions = Définitions
# Heading over the figures of a subject.
bilan-figures = { $subject } : chiffres
# Sheet of the workbook.
bilan-sheet = Chiffres
# Column of the workbook.
bilan-place = Lieu
# Column of the workbook.
bilan-percent = Part
# Column of the workbook: shown, hidden.
bilan-state = Masqué
# Yes, in the column above.
bilan-yes = oui
# Foot of a page.
bilan-page = page { $page } sur { $pages }
