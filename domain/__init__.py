"""What Relance decides, without screens, files or clock.

The words of the trade, once and for all:

===================  ==========================================  ======================
In the code          On screen                                   Where
===================  ==========================================  ======================
entity               société                                     ledger.entity
ledger entry         écriture                                    ledger.entry
customer             client (compte auxiliaire)                  customers.customer
open item            pièce, facture due                          ledger.open_item
residual, left       reste dû                                    ledger.open_item
allocation           lettrage                                    ledger.allocation
advance notice       prévenance                                  dunning.scenario
reminder             relance                                     dunning.scenario
thank-you            remerciement                                dunning.scenario
position             niveau atteint                              dunning.position
profile              profil de relance                           dunning.profile
hold                 stop relance (client ou pièce)              customers.agreements
dispute              litige                                      customers.agreements
promise to pay       promesse de règlement                       customers.agreements
expected date        date prévue (repositionner)                 customers.agreements
free field           champ libre                                 customers.free_fields
planned message      relance proposée                            dunning.engine
batch                lot d'impression                            dunning.outbox
activity             activité, historique                        customers.activity
formal notice        mise en demeure                             dunning.scenario
===================  ==========================================  ======================
"""
