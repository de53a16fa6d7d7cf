"""Words of the invented firms: no firm, person or account of these names is meant.

Phone numbers elsewhere use the ranges kept for fiction (Arcep: 01 99 00 and
06 39 98), e-mail addresses the domain kept for examples (RFC 2606).
"""

_STEMS = """
Abrelande Aigremance Alvardin Ambrevol Andremieux Arvaudin Aubrenelle Auvelande
Balincourbe Barvenelle Belmorieau Berlandine Bivernoux Blancastel Boisvrelle
Bormelin Bourdevaire Branchenoir Bréhautin Brindorge Brumelac Cabrenoux Calvarine
Candevoix Carmelloux Castrebrun Célorande Chambrevaux Chantevoix Charvenoux
Clairambeau Clavernis Clochevent Combrelle Corvanche Coudravine Courtelune
Crèvelande Cressonnard Dambrevoix Darvelin Dormantier Doucevigne Drambois
Dulvernois Écornade Embrevelle Ervanche Escourbelle Estrevaux Falvernay
Fauvenoire Ferlandoux Fontebrune Fouvrelle Frémondel Galverand Garancelle
Gorvenais Grandorme Grenvallon Guimarèche Hautebrise Hérivault Houlbrequin
Isvernaux Jarvelot Jolivernes Kermaudin Labrunelle Lancevent Larvoisin Laumerac
Lestrevoix Loriande Lormenceau Luvernois Malvérande Marchevent Marlevaux
Maubrequin Mervillane Mirandolle Montebrelle Morvenchais Nauvillard Nervadin
Noirclairon Norvandel Olbrenoux Ombrevin Orvalande Ourdivault Palvernoux
Panneloup Parvanchel Pellegrande Perdrivault Pirouenne Planchenoire Porvenchère
Quimervault Rabelonde Ravenoche Rivombreuse Rochevrille Romandeau Rouvrelande
Sabrevoine Salvandoux Sarmelande Semblevent Servoisin Soubrevaux Talvarin
Tamarelle Tervoisin Torquenelle Tourneverse Trévandel Ursulange Valandrin
Valombreux Varmandois Vaudebrume Velincourbe Verbranche Vermandelle Vieilbrand
Virevigne Vourdelac Yvranche Zambreville Aubevrine Brisevoix Cendrevin
Dorvellane Fargevin Grivelande Harmendieu Lirondelle Mauvrelon Nivernelle
Orgevrille Pontevrin Sauvelande Tarvelune Vignevoix Mardelance Estrivoine
"""
STEMS = tuple(_STEMS.split())
"""One per customer: the surname of a person, or the name of a firm."""

_WOMEN = """
Adèle Anaïs Aurélie Camille Céline Corinne Delphine Élodie Fanny Gaëlle Hélène Inès
Joëlle Laure Maëlle Nadia Odile Sabine Solène Zoé
"""
_MEN = """
Arnaud Bastien Benoît Clément Damien Étienne Florent Hugo Jérôme Julien Loïc Mathieu
Noé Quentin Régis Théo Thibault Xavier Yann Yves
"""
FIRST_NAMES = {"Mme": tuple(_WOMEN.split()), "M.": tuple(_MEN.split())}

_CONTACT_SURNAMES = """
Aubrevol Bellandier Brévaucel Carvandin Cordelune Daurevin Estramont Fablevin
Gardelune Herbevoix Joncheval Lambrevent Marcevol Mordelande Neuvaucel
Ormevrin Percevoix Quervandel Ramoncel Sorbevin Tressandier Valgrivois
"""
CONTACT_SURNAMES = tuple(_CONTACT_SURNAMES.split())

SALESPEOPLE = ("Claire Auvremond", "Hugo Mestravel", "Nadia Belcorvin")

STREETS = (
    "rue des Tanneurs",
    "rue du Vieux-Lavoir",
    "avenue des Acacias",
    "rue de la Petite-Fontaine",
    "place du Marché-aux-Grains",
    "chemin des Vignes-Hautes",
    "rue des Trois-Meuniers",
    "boulevard de la Gare",
    "impasse des Lilas",
    "rue du Four-à-Chaux",
    "rue des Sabotiers",
    "allée des Charmes",
    "route de la Croix-Verte",
    "rue de l'Abreuvoir",
    "quai des Mariniers",
    "rue du Champ-de-Foire",
    "avenue du Vieux-Moulin",
    "rue des Cordiers",
    "chemin de la Garenne",
    "rue de la Tuilerie",
    "rue Basse-des-Ponts",
    "allée des Tilleuls",
    "rue du Puits-Doux",
    "cours des Ormes",
    "rue de la Forge-Neuve",
    "sentier des Noisetiers",
    "rue des Grandes-Écoles",
    "place de l'Horloge",
    "rue du Moulin-à-Vent",
    "rue des Chevaliers",
)

SITES = (
    "ZA des Trois-Chênes",
    "Bâtiment B",
    "Zone artisanale du Pré-Long",
    "Résidence Les Peupliers",
    "Parc d'activités de la Lande",
    "Appartement 12",
)

TOWNS = (
    ("49000", "Angers"),
    ("49300", "Cholet"),
    ("49400", "Saumur"),
    ("49240", "Avrillé"),
    ("49800", "Trélazé"),
    ("44000", "Nantes"),
    ("44600", "Saint-Nazaire"),
    ("44400", "Rezé"),
    ("44700", "Orvault"),
    ("44120", "Vertou"),
    ("44190", "Clisson"),
    ("44150", "Ancenis-Saint-Géréon"),
    ("72000", "Le Mans"),
    ("72200", "La Flèche"),
    ("72300", "Sablé-sur-Sarthe"),
    ("53000", "Laval"),
    ("53200", "Château-Gontier-sur-Mayenne"),
    ("37000", "Tours"),
    ("37300", "Joué-lès-Tours"),
    ("37500", "Chinon"),
    ("37400", "Amboise"),
    ("86000", "Poitiers"),
    ("86100", "Châtellerault"),
    ("79000", "Niort"),
    ("79300", "Bressuire"),
    ("79100", "Thouars"),
    ("85000", "La Roche-sur-Yon"),
    ("85500", "Les Herbiers"),
    ("85300", "Challans"),
    ("35000", "Rennes"),
    ("35500", "Vitré"),
    ("35600", "Redon"),
    ("41000", "Blois"),
    ("41100", "Vendôme"),
    ("17000", "La Rochelle"),
)

# (category, how the name is made of a stem)
WORKSHOP_TRADES = (
    ("Architecte", "Cabinet d'architecture {}"),
    ("Architecte", "{} Architectes associés"),
    ("Promoteur", "{} Promotion"),
    ("Promoteur", "SCI du Clos {}"),
    ("Bâtiment", "Constructions {} SAS"),
    ("Bâtiment", "{} Rénovation"),
    ("Bâtiment", "Maçonnerie {} et Fils"),
    ("Bâtiment", "Entreprise {} SARL"),
    ("Syndic", "Syndic {} Gestion"),
    ("Syndic", "Copropriété Les Jardins {}"),
    ("Commerce", "Librairie {}"),
    ("Commerce", "Boulangerie {}"),
    ("Commerce", "Optique {}"),
    ("Commerce", "Fleurs {}"),
    ("Hôtellerie", "Hôtel {}"),
    ("Hôtellerie", "Brasserie {}"),
    ("Hôtellerie", "Gîtes {}"),
    ("Santé", "Clinique vétérinaire {}"),
    ("Santé", "Cabinet dentaire {}"),
    ("Association", "Théâtre {}"),
)
TRADING_TRADES = (
    ("Menuisier", "Menuiserie {}"),
    ("Menuisier", "Menuiseries {} et Fils"),
    ("Charpentier", "Charpentes {}"),
    ("Charpentier", "{} Toitures"),
    ("Ébéniste", "Ébénisterie {}"),
    ("Agenceur", "{} Agencement"),
    ("Agenceur", "Cuisines {}"),
    ("Parqueteur", "Parquets {}"),
    ("Bâtiment", "Entreprise {} SARL"),
    ("Revendeur", "Comptoir du bois {}"),
)

WORKSHOP_SALES = (
    "Escalier quart tournant chêne",
    "Pose de parquet massif",
    "Portes intérieures sur mesure",
    "Fenêtres mélèze double vitrage",
    "Bibliothèque murale",
    "Agencement d'accueil",
    "Dressing sous pente",
    "Réfection de volets",
    "Terrasse en robinier",
    "Cloisons vitrées d'atelier",
    "Comptoir de vente",
    "Entretien annuel des menuiseries",
)
TRADING_SALES = (
    "Panneaux contreplaqué bouleau",
    "Chêne avivé 27 mm",
    "Lames de terrasse",
    "Quincaillerie et fixations",
    "Bois de charpente douglas",
    "Plan de travail hêtre lamellé",
    "Isolant fibre de bois",
    "Stratifié et chants",
)

TOWN_HALL = "Commune de Valdorme-sur-Brise"
BRITISH_NAME = "Fernwick & Daughters Joinery Ltd"
LONG_NAME = (
    "Groupement d'entreprises pour la rénovation et l'entretien du patrimoine bâti"
    " des vallées de la Brise et de l'Orvelune réunies"
)
AWKWARD_NAME = 'L\'Œuvre & Fils « Cœur de Bois » "Noël" <b>Naïve</b>'
