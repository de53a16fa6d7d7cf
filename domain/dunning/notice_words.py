"""What a « mise en demeure » recalls and announces, by the law of each customer."""

from collections.abc import Mapping

from domain.customers.customer import CustomerKind

# What lateness costs from the notice on: Code civil, art. 1344-1 and 1231-6.
LATENESS: Mapping[str, Mapping[CustomerKind, str]] = {
    "fr": {
        CustomerKind.PROFESSIONAL: (
            "La présente mise en demeure fait courir l’intérêt moratoire prévu à "
            "l’article 1344-1 du même code, sans préjudice des pénalités de retard et "
            "de l’indemnité forfaitaire de recouvrement rappelées dans la présente."
        ),
        CustomerKind.PUBLIC: (
            "Le dépassement du délai de paiement vous rend redevable de plein droit "
            "des intérêts moratoires et de l’indemnité forfaitaire de recouvrement "
            "rappelés dans la présente, à mandater dans les quarante-cinq jours "
            "suivant la mise en paiement du principal."
        ),
        CustomerKind.CONSUMER: (
            "La présente mise en demeure fait courir l’intérêt au taux légal prévu "
            "aux articles 1231-6 et 1344-1 du même code, à l’exclusion de toute autre "
            "pénalité."
        ),
        CustomerKind.INSOLVENT: (
            "Aucun intérêt de retard ni aucune indemnité ne vous sont réclamés, la "
            "procédure collective ouverte à votre égard en arrêtant le cours."
        ),
    },
    "en": {
        CustomerKind.PROFESSIONAL: (
            "From this formal notice on, interest runs under article 1344-1 of the "
            "same code, without prejudice to the late-payment interest and the fixed "
            "recovery fee recalled herein."
        ),
        CustomerKind.PUBLIC: (
            "Late payment makes you liable as of right for the interest and the fixed "
            "recovery fee recalled herein, to be paid within forty-five days of the "
            "payment of the principal."
        ),
        CustomerKind.CONSUMER: (
            "From this formal notice on, interest runs at the legal rate under "
            "articles 1231-6 and 1344-1 of the same code, and no other charge is due."
        ),
        CustomerKind.INSOLVENT: (
            "No late-payment interest nor fee is claimed, as insolvency proceedings "
            "are open."
        ),
    },
}

# Who would be asked to judge. Professionals and consumers: Code de procédure civile,
# art. 1405; consumers may go to mediation first: Code de la consommation, art. L612-1.
# No order to pay against a public body: Code de justice administrative, art. R541-1.
# An insolvent firm is not sued, the debt is declared: Code de commerce, art. L622-21
# and L622-24.
CONSEQUENCES: Mapping[str, Mapping[CustomerKind, str]] = {
    "fr": {
        CustomerKind.PROFESSIONAL: (
            "À défaut de règlement intégral dans ce délai, et sans autre avis, nous "
            "saisirons le tribunal compétent, notamment par la voie de l’injonction "
            "de payer (articles 1405 et suivants du Code de procédure civile), afin "
            "d’obtenir le paiement du principal, des intérêts et des frais de "
            "procédure."
        ),
        CustomerKind.PUBLIC: (
            "À défaut de mandatement dans ce délai, nous saisirons la juridiction "
            "administrative, notamment par la voie du référé-provision (article "
            "R.\u00a0541-1 du Code de justice administrative), afin d’obtenir le "
            "paiement du principal, des intérêts moratoires et de l’indemnité."
        ),
        CustomerKind.CONSUMER: (
            "À défaut de règlement intégral dans ce délai, nous saisirons le tribunal "
            "compétent, notamment par la voie de l’injonction de payer (articles 1405 "
            "et suivants du Code de procédure civile). Vous pouvez auparavant recourir "
            "gratuitement à un médiateur de la consommation (article L.\u00a0612-1 du "
            "Code de la consommation)."
        ),
        CustomerKind.INSOLVENT: (
            "Notre créance fera l’objet d’une déclaration au mandataire judiciaire "
            "(article L.\u00a0622-24 du Code de commerce)."
        ),
    },
    "en": {
        CustomerKind.PROFESSIONAL: (
            "Failing full payment by then, and without further notice, we will go to "
            "the competent court, in particular by an order to pay (articles 1405 and "
            "following of the French Code of Civil Procedure), to obtain the "
            "principal, interest and costs."
        ),
        CustomerKind.PUBLIC: (
            "Failing payment by then, we will go to the administrative court, in "
            "particular by an application for an interim payment (article "
            "R.\u00a0541-1 of the French Code of Administrative Justice), to obtain "
            "the principal, interest and fee."
        ),
        CustomerKind.CONSUMER: (
            "Failing full payment by then, we will go to the competent court, in "
            "particular by an order to pay (articles 1405 and following of the French "
            "Code of Civil Procedure). You may first turn, free of charge, to a "
            "consumer mediator (article L.\u00a0612-1 of the French Consumer Code)."
        ),
        CustomerKind.INSOLVENT: (
            "We will declare our debt to the court-appointed administrator (article "
            "L.\u00a0622-24 of the French Commercial Code)."
        ),
    },
}
