import type { Chapter } from './model';

/** For whoever receives pupils in a lycée and has never seen these pages. */
export const chapters: readonly Chapter[] = [
  {
    id: 'se-reperer', title: 'Se repérer',
    parts: [
      { text: 'Connectez-vous avec l’adresse académique de l’établissement. Si vous travaillez pour plusieurs établissements, ou administrez aussi la plateforme, le menu à votre nom, en haut à droite, passe d’un espace à l’autre.' },
      { picture: 'accueil-tableau-de-bord', alt: 'Le tableau de bord : le menu, un bandeau qui demande l’adresse de notification, les nombres à surveiller.' },
      { list: [
        '« Tableau de bord » : ce qui attend une décision, et les prochains stagiaires. Les nombres se mettent à jour tout seuls ; cliquez sur l’un d’eux pour ouvrir la liste.',
        '« Calendrier » : les créneaux que vous proposez.',
        '« Liste des stages » : toutes les réservations, à venir et passées.',
        '« Stagiaires » : le retour des conventions, les appréciations, la liste du jour, les statistiques.',
        '« Options » : l’adresse de notification, la signature et le cachet, les enseignants.',
        '« Contacts » : téléphone et adresse de chaque établissement qui réserve chez vous.',
      ] },
      { text: 'Les bandeaux orange signalent ce qui manque : une adresse de notification à saisir, une licence de plateforme dépassée. La recherche « NOM Prénom », en haut de chaque page, retrouve un stagiaire sans tenir compte des accents.' },
    ],
  },
  {
    id: 'premiers-reglages', title: 'Les premiers réglages',
    parts: [
      { text: 'À faire une fois, avant d’ouvrir des créneaux.' },
      { steps: [
        'Dans « Options », « Notifications », saisissez l’adresse qui recevra les réservations, les dépôts de conventions et les désinscriptions.',
        'Dans « Options », « Signature et cachet », choisissez une image de chacun, en PNG ou en JPEG sur fond blanc. Vérifiez l’aperçu, puis « Enregistrer ». Ils seront imprimés sur les conventions établies ensuite.',
        'Dans « Options », « Enseignants », invitez ceux qui accueillent : ils pourront noter présences et appréciations.',
      ] },
      { picture: 'accueil-notifications', alt: 'L’adresse qui reçoit les notifications, et le bouton « Enregistrer ».' },
      { picture: 'accueil-signature', alt: 'La signature, avec l’aperçu de l’image choisie, et le cachet.' },
    ],
  },
  {
    id: 'creneaux', title: 'Proposer des créneaux',
    parts: [
      { steps: [
        'Dans « Calendrier » ou « Tableau de bord », cliquez sur « Proposer un créneau ».',
        'Choisissez la formation, le jour, les heures et le nombre de places. Salle, enseignant et consignes sont facultatifs ; ils seront lus par l’établissement d’origine.',
        'Pour une série, indiquez combien de semaines répéter : même jour, mêmes heures.',
        'Cliquez sur « Proposer le créneau » : les établissements le voient aussitôt.',
      ] },
      { picture: 'accueil-creneau', alt: 'Un créneau à proposer : formation, jour, heures, places, salle, enseignant ; « Répéter les semaines suivantes » est entouré.' },
      { picture: 'accueil-calendrier', alt: 'Le calendrier du mois : chaque créneau à son jour, avec ses places libres.' },
      { text: 'Les formations proposées dans la liste sont celles du catalogue de votre établissement, tenu par l’administrateur de la plateforme : voyez le dernier chapitre.' },
    ],
  },
  {
    id: 'changer-un-creneau', title: 'Modifier, dupliquer, retirer un créneau',
    parts: [
      { text: 'Ouvrez le créneau depuis « Calendrier ».' },
      { list: [
        '« Modifier » : le jour, les heures, les places, la salle, l’enseignant.',
        '« Dupliquer » : donnez une ou plusieurs dates ; le créneau y est recopié.',
        '« Retirer le créneau » : la fenêtre dit d’abord combien de réservations seront annulées. Le motif est envoyé aux établissements d’origine.',
      ] },
      { text: 'Les conventions déjà établies disent la salle et la personne qui accueille. Si vous en changez, chacune est refaite et tous la signent de nouveau ; les places confirmées le restent. Une faute corrigée dans un nom ne redemande que votre signature.' },
      { picture: 'accueil-modifier', alt: '« Modifier le créneau » ; la phrase qui prévient que tous signeront de nouveau est entourée, au-dessus du bouton « Enregistrer ».' },
      { picture: 'accueil-dupliquer', alt: 'La page d’un créneau : ses stagiaires, ses places, et le bouton « Dupliquer » entouré.' },
      { picture: 'accueil-retirer', alt: '« Retirer ce créneau ? » : deux réservations seront annulées, les établissements d’origine seront prévenus.' },
    ],
  },
  {
    id: 'stages', title: 'Suivre les réservations',
    parts: [
      { text: '« Liste des stages » réunit toutes les réservations. Cliquez sur un titre de colonne pour trier, sur un nom pour ouvrir la fiche du mini-stage : élève, responsable, convention, historique. « Relancer : convention non reçue », sur la fiche, envoie un rappel à l’établissement d’origine.' },
      { picture: 'accueil-stages', alt: 'La liste des stages, avec les états ; la recherche « NOM Prénom » est entourée en haut de la page.' },
      { text: 'Une réservation est « En attente » jusqu’à ce que vous validiez sa convention ; elle devient alors « Confirmée ». Quand un créneau est complet, une liste d’attente s’ouvre, et chaque place libérée est proposée au premier.' },
    ],
  },
  {
    id: 'conventions', title: 'Le retour des conventions',
    parts: [
      { text: 'La convention est établie et envoyée à l’établissement d’origine dès la réservation. « Stagiaires », puis « Gestion du retour des conventions », les range en trois onglets :' },
      { list: [
        '« Conventions non retournées » : envoyées, pas encore rendues ;',
        '« Conventions en attente de validation » : rendues, à vous de décider ;',
        '« Conventions validées » : terminées.',
      ] },
      { picture: 'accueil-conventions', alt: 'L’onglet des conventions en attente : la liste à gauche, le document à droite, et dessous le bouton « Valider la conformité » entouré.' },
      { steps: [
        'Lisez le document, à droite. « Reconnue » signifie que le PDF rendu est bien celui qui avait été envoyé ; « À examiner », qu’il a été rattaché à la main.',
        'Si tout y est, cliquez sur « Valider la conformité ». La convention suivante s’ouvre d’elle-même.',
        'Sinon, cliquez sur « Invalider la conformité » et donnez le motif.',
      ] },
      { note: 'Au clavier : ↑ et ↓ passent d’une convention à l’autre, V valide, I invalide. Trente conventions se traitent sans toucher la souris.' },
    ],
  },
  {
    id: 'signatures', title: 'Les conventions signées en ligne',
    parts: [
      { text: 'L’établissement d’origine peut faire signer la convention en ligne, par des liens envoyés par courriel ; vous le pouvez aussi, depuis la fiche du mini-stage, par « Faire signer en ligne ». La fiche dit qui a signé et qui est attendu.' },
      { list: [
        'Qui signe pour vous reçoit un lien : il lit la convention, demande un code, signe. Une signature enregistrée dans « Options » et imprimée sur la convention compte, et n’est pas redemandée.',
        'Signée par tous, la convention arrive d’elle-même dans « Conventions en attente de validation » : validez-la comme une autre.',
        '« Signatures électroniques », sous le document, dit ce que vaut chaque signature du fichier : le cachet de la plateforme, ou celle qui a été faite dans un lecteur PDF.',
      ] },
      { picture: 'accueil-signee', alt: '« Signatures électroniques » d’une convention signée en ligne : le cachet de la plateforme, intact et de confiance.' },
    ],
  },
  {
    id: 'invalider', title: 'Invalider, régénérer',
    parts: [
      { picture: 'accueil-invalider', alt: 'L’invalidation d’une convention : des motifs déjà employés, et le motif à écrire.' },
      { list: [
        'Invalider une convention en attente : elle reste dans son onglet, marquée « Non conforme » avec son motif. L’établissement d’origine est prévenu et peut en déposer une autre.',
        'Invalider une convention déjà validée : elle retourne dans « Conventions non retournées ». Le fichier déposé reste dans l’historique.',
        '« Régénérer la convention » : à utiliser quand le dépôt ne vaut rien. La convention d’origine, la même à l’octet près, revient dans « Conventions non retournées ».',
      ] },
      { picture: 'accueil-regenerer', alt: 'Une convention non conforme et son motif ; le bouton « Régénérer la convention » est entouré.' },
    ],
  },
  {
    id: 'deposer', title: 'Déposer à la place de l’établissement',
    parts: [
      { text: 'Une convention arrivée sur papier ou par courriel ? Numérisez-la, puis « Stagiaires », « Déposer une convention » ; ou photographiez-la, par « Photographier ». Choisissez l’élève si le PDF n’est pas reconnu. Elle passe « en attente de validation » et l’établissement d’origine est prévenu ; il reste à la valider.' },
      { text: 'Toute une pile numérisée en un seul fichier se dépose d’un coup : ses pages sont triées à leur code, et celles dont aucun code n’est lisible attendent « À classer » que vous disiez de quel élève elles sont.' },
      { picture: 'accueil-depot', alt: 'Le dépôt d’une convention par l’établissement d’accueil.' },
    ],
  },
  {
    id: 'jour', title: 'Le jour du mini-stage',
    parts: [
      { text: '« Liste du jour » donne les stagiaires attendus : responsable à joindre, établissement, horaire, salle, et si la convention est validée. « Liste en PDF » et « Imprimer » en font une feuille.' },
      { picture: 'accueil-jour', alt: 'La liste d’un jour : trois stagiaires, leur établissement, leur convention, et les boutons « Présent » et « Absent ».' },
      { text: 'Cliquez sur « Présent » ou « Absent ». Une absence est signalée par courriel à l’établissement d’origine. Une erreur ? « Annuler », dans le message qui s’affiche.' },
      { text: 'Deux autres papiers sont prêts à imprimer :' },
      { list: [
        '« Feuille d’émargement », sur la page du créneau : chaque élève signe à l’arrivée et au départ, puis les accompagnateurs et le responsable de l’accueil ;',
        '« Attestation de présence », sur la fiche d’un élève noté présent. L’établissement d’origine la trouve aussi sur sa fiche.',
      ] },
      { picture: 'accueil-emargement', alt: 'Une feuille d’émargement : trois élèves, une case pour signer à l’arrivée et une au départ, et les accompagnateurs.' },
      { picture: 'accueil-attestation', alt: 'Une attestation de présence : l’élève, le mini-stage, la date, et la place de la signature et du cachet.' },
    ],
  },
  {
    id: 'appreciations', title: 'Les appréciations',
    parts: [
      { text: 'Après le mini-stage, « Stagiaires », puis « Appréciations » : notez la présence, écrivez quelques mots, « Enregistrer l’appréciation ». L’établissement d’origine les lit dans la fiche de l’élève.' },
      { picture: 'accueil-appreciations', alt: 'Les stagiaires à apprécier : présence, et une appréciation écrite pour l’un d’eux.' },
    ],
  },
  {
    id: 'statistiques', title: 'Statistiques et exports',
    parts: [
      { text: '« Statistiques » compte, par formation ou par établissement d’origine, les places proposées, prises et honorées sur la période choisie. « Exporter (CSV) » donne les réservations de cette période pour un tableur ; le même bouton, dans « Liste des stages », les donne toutes.' },
      { picture: 'accueil-statistiques', alt: 'Les places prises par formation, en barres puis en tableau.' },
    ],
  },
  {
    id: 'administrer', title: 'Administrer la plateforme',
    parts: [
      { text: 'Ce chapitre ne concerne que les personnes à qui ce rôle a été confié. L’espace « Administration » se trouve dans le menu à votre nom.' },
      { list: [
        '« Règles et licence » : fermeture des réservations, relances, expiration, délai pour accepter une place, limites par établissement et par élève.',
        '« Textes de la convention » : deux textes libres et les articles imprimés sur chaque convention, avec leur aperçu.',
        '« Apparence » : nom, couleur et logo ; et, si vous en avez un, votre propre guide à télécharger.',
        '« Formations » : le catalogue de chaque établissement d’accueil.',
        '« Établissements » : ceux qui accueillent, et les rôles confiés.',
        '« Comptes » : débloquer un compte, renvoyer le courriel de confirmation. Personne ne peut lire un mot de passe.',
        '« Courriels » : envoyés, en attente ou abandonnés ; « Renvoyer » en fait repartir un.',
      ] },
      { picture: 'accueil-textes', alt: 'Les textes libres de la convention, ses articles, et l’aperçu de la page.' },
      { picture: 'accueil-formations', alt: 'Le catalogue des formations, et le formulaire qui en ajoute une.' },
    ],
  },
  {
    id: 'aide', title: 'Besoin d’aide',
    parts: [
      { text: 'Écrivez à l’assistance dont l’adresse figure au bas de chaque courriel. Elle ne vous demandera jamais votre mot de passe. Les établissements d’origine ont leur propre guide, qui se télécharge depuis la page de la plateforme.' },
    ],
  },
];
