import type { Chapter } from './model';

/** For whoever books in a school of origin and has never seen these pages. */
export const chapters: readonly Chapter[] = [
  {
    id: 'avant-de-commencer', title: 'Avant de commencer',
    parts: [
      { text: 'Un mini-stage est une demi-journée passée par un élève dans un lycée, pour découvrir une formation. Vous réservez la place ; la convention est établie aussitôt et vous est envoyée ; vous la faites signer et la rendez ; le lycée la valide. Tout se fait sur ce site, sans rien installer.' },
      { text: 'Ayez sous la main :' },
      { list: [
        'le code RNE (ou UAI) de l’établissement : sept chiffres et une lettre ;',
        'l’accès à la boîte aux lettres académique du secrétariat, celle qui commence en général par « ce. » : elle est votre identifiant ;',
        'pour rendre les conventions signées : un scanner, un photocopieur qui enregistre en PDF, ou un téléphone qui photographie.',
      ] },
      { note: 'Un compte vaut pour toutes les plateformes. Si votre établissement a déjà réservé dans un autre lycée, passez au chapitre « Se connecter ».' },
    ],
  },
  {
    id: 'inscrire', title: 'Inscrire l’établissement',
    parts: [
      { steps: [
        'Ouvrez la page de connexion et cliquez sur « Inscrivez votre établissement scolaire ».',
        'Tapez le code RNE complet, puis « CONTINUER ». Les minuscules et les espaces ne gênent pas. Si la lettre finale ne va pas avec les chiffres, la page dit laquelle était attendue.',
        'Votre établissement s’affiche avec son adresse : vérifiez que c’est le bon avant d’aller plus loin.',
        'Remplissez votre nom, votre prénom et un mot de passe d’au moins huit caractères, avec une majuscule, une minuscule, un chiffre et un signe. « Fonction » et « Téléphone » sont facultatifs.',
        'Cliquez sur « CRÉER VOTRE COMPTE UTILISATEUR ».',
      ] },
      { picture: 'origine-connexion', alt: 'La page de connexion ; le lien « Inscrivez votre établissement scolaire » est entouré, sous le bouton.' },
      { picture: 'origine-inscription', alt: 'L’établissement trouvé, avec son adresse et son académie, puis le formulaire : civilité, nom, prénom, fonction, téléphone, mot de passe.' },
      { note: 'L’identifiant ne se choisit pas : c’est l’adresse académique du secrétariat, reprise de l’annuaire national.' },
      { text: 'Si l’établissement a déjà un compte, la page montre les premières lettres de son identifiant et vous propose de demander l’accès à ceux qui le gèrent : voyez « Donner accès à un collègue ».' },
    ],
  },
  {
    id: 'verifier', title: 'Vérifier l’adresse',
    parts: [
      { text: 'Un courriel part aussitôt à l’adresse du secrétariat. Il faut l’ouvrir pour que le compte serve.' },
      { picture: 'origine-confirmation', alt: '« Votre compte est créé » ; le bouton qui renvoie le courriel de confirmation est entouré.' },
      { steps: [
        'Ouvrez le courriel « Vérifiez votre adresse Email » et cliquez sur « Vérifier votre Email ». Si le bouton ne réagit pas, copiez dans votre navigateur l’adresse écrite dessous.',
        'La page qui s’ouvre rappelle qui a demandé le compte. Tapez le mot de passe que vous venez de choisir, puis « Vérifier votre Email ».',
      ] },
      { picture: 'origine-courriel', alt: 'Le courriel de vérification, avec son bouton et la même adresse en clair.' },
      { picture: 'origine-verification', alt: 'La page ouverte par le courriel : qui demande le compte, le mot de passe à saisir, et le bouton « Ce n’est pas moi ».' },
      { list: [
        'Le lien ne vaut que quelques minutes. Passé ce délai, la page qu’il ouvre propose d’en recevoir un nouveau.',
        'Rien reçu ? Regardez dans les indésirables, puis cliquez à nouveau sur « RECEVOIR L’EMAIL DE CONFIRMATION ».',
        'Ouvrir deux fois le courriel ne fait rien de mal.',
        'Vous n’avez rien demandé ? Cliquez sur « Ce n’est pas moi » : l’inscription est annulée.',
      ] },
    ],
  },
  {
    id: 'se-connecter', title: 'Se connecter',
    parts: [
      { text: 'Tapez l’adresse du secrétariat et votre mot de passe, puis « CONNEXION ». « Maintenir ma connexion » évite de les retaper : à n’utiliser que sur un poste qui vous est réservé.' },
      { list: [
        'Mot de passe oublié : cliquez sur « Mot de passe oublié ? », donnez l’adresse, et ouvrez le courriel reçu. Son lien ne sert qu’une fois.',
        'Identifiant oublié : cliquez sur « Inscrivez votre établissement scolaire » et tapez le code RNE ; les premières lettres de l’identifiant s’affichent.',
        'Session finie pendant que vous travailliez : connectez-vous dans la fenêtre qui s’ouvre, rien de ce que vous avez saisi n’est perdu.',
      ] },
    ],
  },
  {
    id: 'accueil', title: 'La page d’accueil',
    parts: [
      { text: '« Accueil » montre d’abord ce qui vous attend : conventions à rendre, conventions non conformes, places proposées à accepter. Chaque nombre mène à la liste. Dessous viennent les prochains mini-stages de vos élèves.' },
      { picture: 'origine-accueil', alt: 'L’accueil d’un collège : le menu, quatre nombres à surveiller, et la liste des prochains mini-stages.' },
      { text: 'Le nombre orange du menu, à côté de « Mes réservations », est le total de ce qui attend une action de votre part.' },
    ],
  },
  {
    id: 'reserver', title: 'Réserver pour un élève',
    parts: [
      { text: 'Cliquez sur « Réserver un mini-stage ». Il y a trois étapes ; vous pouvez revenir en arrière ou recharger la page, rien n’est perdu.' },
      { steps: [
        'Type d’élève : « Élève de mon établissement », ou « Élève extérieur » si vous accompagnez un élève inscrit ailleurs.',
        'Créneau : cherchez « Par formation » ou « Par établissement », puis cliquez sur « Choisir ». Les petits carrés et « places : 2/4 » disent ce qui reste.',
        'Identité : seuls le nom et le prénom sont exigés. La classe, la date de naissance et le responsable légal, si vous les donnez, seront imprimés sur la convention.',
        'Vérifiez le résumé à droite, puis « Confirmer la réservation ».',
      ] },
      { picture: 'origine-type', alt: 'Étape 1 : élève de mon établissement, ou élève extérieur.' },
      { picture: 'origine-creneau', alt: 'Étape 2 : les critères de recherche à gauche, les créneaux avec leurs places au milieu ; le bouton « Choisir » est entouré.' },
      { picture: 'origine-identite', alt: 'Étape 3 : l’identité de l’élève et de son responsable ; le bouton « Confirmer la réservation » est entouré.' },
      { text: 'La fiche du mini-stage s’ouvre. La réservation est « En attente » : elle ne sera confirmée que lorsque le lycée aura validé la convention. Si une date limite vous est imposée, la fiche la donne ; passé ce délai la place est libérée, après un courriel de rappel.' },
      { picture: 'origine-fiche', alt: 'La fiche du mini-stage : le rappel, le créneau, l’élève, la convention et l’historique.' },
    ],
  },
  {
    id: 'liste', title: 'Réserver pour plusieurs élèves',
    parts: [
      { steps: [
        'À l’étape « Identité », choisissez « Une liste d’élèves ».',
        'Dans votre tableur, sélectionnez les lignes et copiez-les ; collez-les dans « Liste des élèves ». Ou choisissez un fichier CSV exporté de votre logiciel de vie scolaire.',
        'Vérifiez les colonnes proposées : pour chacune, dites ce qu’elle contient, ou « Ne pas lire ».',
        'Lisez le tableau : chaque ligne est « Prêt » ou dit ce qui lui manque. Rien n’est encore réservé.',
        'Dites ce qu’il faut faire si tous ne peuvent pas être inscrits : « Tous, ou aucun », ou « Ceux qui le peuvent ».',
        'Cliquez sur « Confirmer les réservations » : le tableau dit ce qu’il advient de chacun.',
      ] },
      { picture: 'origine-liste', alt: 'Une liste collée de trois élèves : les colonnes reconnues, deux lignes prêtes, une ligne incomplète « Le prénom manque ».' },
    ],
  },
  {
    id: 'attente', title: 'La liste d’attente',
    parts: [
      { text: 'Un créneau complet reste visible, avec le bouton « Liste d’attente ». L’élève prend rang ; quand une place se libère, elle est proposée au premier, et vous recevez un courriel.' },
      { steps: [
        'Ouvrez « Mes réservations » : la ligne porte « Place proposée » et l’heure jusqu’à laquelle la place est gardée.',
        'Cliquez sur « Accepter la place » : la convention vous est envoyée. Ou « Refuser » : la place est proposée au suivant.',
      ] },
      { picture: 'origine-attente', alt: 'Une place proposée à une élève, l’heure limite, et le bouton « Accepter la place » entouré.' },
      { note: 'Sans réponse de votre part avant l’heure indiquée, la place passe au suivant.' },
    ],
  },
  {
    id: 'convention', title: 'Télécharger la convention et la faire signer',
    parts: [
      { text: 'La convention arrive par courriel, en pièce jointe, dès la réservation. Elle se retrouve aussi dans « Mes réservations », par le bouton « Conv. ».' },
      { picture: 'origine-reservations', alt: 'La liste « Mes réservations » : pour chaque élève son état et ses actions ; le bouton « Conv. » est entouré.' },
      { steps: [
        'Ouvrez le PDF et imprimez-le, ou gardez-le pour le signer à l’écran.',
        'Faites signer le responsable légal et l’élève, puis le chef d’établissement.',
        'Numérisez toutes les pages dans un seul PDF, ou photographiez-les.',
      ] },
      { text: 'Sans papier ni scanner : voyez « Faire signer en ligne ».' },
      { note: 'Pour ne plus signer ni tamponner chaque convention, enregistrez une fois la signature et le cachet de l’établissement dans « Profil » : ils seront imprimés sur les conventions établies ensuite.' },
    ],
  },
  {
    id: 'signer-en-ligne', title: 'Faire signer en ligne',
    parts: [
      { text: 'Chacun reçoit un lien, lit la convention et la signe, sur un téléphone ou un ordinateur, sans compte ni imprimante.' },
      { steps: [
        'Ouvrez la fiche du mini-stage et, dans « Signatures », cliquez sur « Faire signer en ligne ».',
        'Vérifiez qui signe, et à quelle adresse. Le responsable légal signe toujours, à moins que l’élève ne soit majeur et ne signe à sa place ; les autres sont ceux que la plateforme demande. Deux signataires ne peuvent pas avoir la même adresse.',
        'Cliquez sur « Envoyer les liens » : chacun reçoit le sien par courriel.',
      ] },
      { picture: 'origine-signatures-demander', alt: 'La fenêtre « Faire signer en ligne » : le nom et l’adresse de chaque signataire ; le bouton « Envoyer les liens » est entouré.' },
      { text: 'La fiche dit ensuite qui a signé, quand, et qui est attendu. Le lycée la voit comme vous.' },
      { picture: 'origine-signatures-suivre', alt: '« Signatures demandées » : deux signataires ont signé, le troisième est attendu ; la fiche dit quand un nouveau lien pourra lui partir.' },
      { list: [
        'Pas de nouvelles ? « Renvoyer le lien » en fait partir un autre, et le précédent ne sert plus : un par jour et par signataire au plus. La fiche dit à partir de quand.',
        'Un lien sert quatorze jours, et jamais après le mini-stage.',
        'Une signature enregistrée dans « Profil » et imprimée sur la convention compte : elle n’est pas redemandée.',
        'Quand le dernier a signé, la convention se dépose d’elle-même : il reste au lycée à la valider.',
      ] },
      { text: 'Un signataire peut refuser. Vous recevez son motif par courriel, et la fiche le montre. Les signatures déjà données ne comptent plus : corrigez ce qui doit l’être, puis cliquez sur « Redemander les signatures ».' },
      { picture: 'origine-signatures-refus', alt: '« Signature refusée » : le responsable légal écrit que le prénom est mal orthographié ; le bouton « Redemander les signatures » est entouré.' },
    ],
  },
  {
    id: 'corriger', title: 'Corriger un nom, une date, un responsable',
    parts: [
      { text: 'Sur la fiche du mini-stage, dans « Élève », cliquez sur « Corriger ». Si la convention est déjà établie, elle est refaite, et vous en recevez la nouvelle version. La place est gardée, même confirmée.' },
      { picture: 'origine-corriger', alt: 'La fenêtre « Corriger l’identité » : nom, prénom, date de naissance, classe et responsable légal ; le bouton « Enregistrer la correction » est entouré.' },
      { text: 'Si des signatures sont demandées en ligne, ce qui a changé dit qui signe de nouveau :' },
      { list: [
        'une faute dans le nom de l’élève, sa date de naissance, sa classe : le responsable légal et l’élève ;',
        'une faute dans le nom du responsable, son courriel ou son téléphone : le responsable ;',
        'un autre élève, un autre responsable, ou, chez le lycée, une autre salle ou une autre personne qui accueille : tous.',
      ] },
      { text: 'Les signatures des autres sont gardées. Ceux qui doivent signer reçoivent un nouveau lien, et le leur d’avant ne sert plus. Sur papier, une convention déjà rendue reste bonne si ce n’était qu’une faute ; sinon, faites signer la nouvelle version.' },
      { picture: 'origine-change', alt: 'La fiche du mini-stage : « La convention a changé », ce qui a changé, et la version qui est à faire signer.' },
    ],
  },
  {
    id: 'famille', title: 'Ce que voit la famille',
    parts: [
      { text: 'Le responsable légal n’a ni compte ni mot de passe. Voici ce qu’il reçoit et ce qu’il fait, sur son téléphone.' },
      { steps: [
        'Il ouvre le courriel « Convention à signer » et touche « Lire et signer la convention ». Ce lien est personnel : il ne doit pas le transmettre.',
        'La page dit quel élève, quel mini-stage et quel lycée. « Lire la convention (PDF) » donne le document entier.',
        'Il touche « Recevoir le code » : six chiffres arrivent à la même adresse. Ils servent dix minutes.',
        'Il tape le code, vérifie son nom, trace sa signature du doigt s’il le souhaite, écrit « lu et approuvé », puis touche « Signer la convention ».',
      ] },
      { pictures: [
        { picture: 'famille-courriel', alt: 'Le courriel reçu par le responsable légal : quelle convention attend sa signature, pour quel élève ; le bouton « Lire et signer la convention » est entouré.' },
        { picture: 'famille-page', alt: 'La page ouverte sur le téléphone : l’élève, le mini-stage, le lieu ; le bouton « Lire la convention (PDF) » est entouré.' },
      ] },
      { text: 'Quand tous ont signé, il reçoit la convention signée par courriel. S’il ne veut pas signer, il touche « Je refuse de signer », au bas de la page, et dit pourquoi.' },
      { text: 'Lien périmé ou égaré : « J’ai perdu mon lien de signature », au bas de chaque page du site. L’identification est imprimée en haut de la convention ; le nouveau lien part à l’adresse que vous avez donnée, jamais ailleurs.' },
      { pictures: [
        { picture: 'famille-signer', alt: 'La suite de la page : le code reçu, le nom, la signature tracée, « lu et approuvé » ; le bouton « Signer la convention » est entouré.' },
        { picture: 'famille-lien-perdu', alt: '« Retrouver un lien de signature » : l’identification de la convention, la date de naissance de l’élève, à quel titre on signe ; le bouton « Recevoir un nouveau lien » est entouré.' },
      ] },
    ],
  },
  {
    id: 'verifier-convention', title: 'La convention signée, et la vérifier',
    parts: [
      { text: 'Signée par tous, la convention porte les signatures, une page de preuve et le cachet électronique de la plateforme. Chaque signataire et chaque établissement la reçoit par courriel ; elle est aussi sur la fiche, par « Convention signée, PDF ».' },
      { picture: 'origine-signatures-toutes', alt: '« Signée par tous » : qui a signé et quand ; le bouton « Convention signée, PDF » est entouré.' },
      { picture: 'origine-preuve', alt: 'La page de preuve : pour chaque signataire son nom, l’heure, l’adresse où il a reçu son code et l’empreinte de ce qu’il a signé.' },
      { text: 'Celui à qui on la présente peut s’assurer qu’elle est authentique, par « Vérifier une convention signée », au bas de chaque page. Il choisit le fichier, qui ne quitte pas son appareil, ou tape l’identification et le code imprimés sur la dernière page. Aucun nom n’est montré ; une version remplacée depuis est dite telle.' },
      { picture: 'origine-verifier', alt: '« Vérifier une convention » : le document est authentique, avec la date et l’heure de chaque signature, sans aucun nom.' },
    ],
  },
  {
    id: 'deposer', title: 'Rendre la convention signée',
    parts: [
      { steps: [
        'Dans « Mes réservations », cliquez sur « Déposer » à la ligne de l’élève ; ou, depuis « Accueil », sur « Déposer une convention ».',
        'Choisissez le PDF, ou faites-le glisser dans le cadre.',
        'Laissez « Reconnaissance automatique » : le PDF reçu et signé est reconnu tout seul, et les pages numérisées le sont à leur code.',
        'Cliquez sur « Déposer la convention en PDF ».',
      ] },
      { picture: 'origine-depot', alt: 'Le dépôt : le fichier choisi, l’élève laissé en reconnaissance automatique, et le bouton « Déposer la convention en PDF » entouré.' },
      { text: 'Pas de scanner ? Choisissez « Photographier » : une photographie par page, bien à plat et sans ombre, puis l’élève, et « Déposer les photographies ». Elles sont réunies en un seul PDF. Sur un téléphone, l’appareil photo s’ouvre directement.' },
      { text: 'Plusieurs fichiers peuvent être déposés d’un coup, et un fichier peut contenir toute une pile : voyez « Déposer une pile numérisée ».' },
      { text: 'Le lycée est prévenu. Quand il valide, la réservation devient « Confirmée » et vous recevez un courriel.' },
    ],
  },
  {
    id: 'piles', title: 'Déposer une pile numérisée',
    parts: [
      { text: 'Le photocopieur numérise tout un paquet de conventions en un seul fichier ? Déposez-le tel quel, dans n’importe quel ordre : chaque page porte un code qui dit où elle va.' },
      { steps: [
        'Choisissez le fichier et laissez « Reconnaissance automatique ».',
        'La page « Pile numérisée » s’ouvre et montre l’avancement. Vous pouvez la quitter : le tri continue, et la page « Déposer » garde la liste de vos piles.',
        'Chaque convention complète est déposée à part. « Incomplète » dit quelle page manque : numérisez-la, ou cliquez sur « Déposer telle quelle ».',
        'Sous « À classer » attendent les pages dont aucun code n’est lisible. Cliquez sur l’élève proposé ou sur « Choisir un autre élève » ; « Écarter la page » met de côté ce qui n’est pas une convention.',
      ] },
      { picture: 'origine-pile', alt: 'Les conventions d’une pile : deux sont déposées, la troisième est incomplète, une page lui manque.' },
      { picture: 'origine-a-classer', alt: 'Une page à classer, dont une main cachait les codes : son image, l’élève proposé, entouré, et « Choisir un autre élève ».' },
      { note: 'Le fichier de la pile est effacé au bout de trente jours ; ce qui a été déposé reste.' },
    ],
  },
  {
    id: 'non-conforme', title: 'Si la convention est « Non conforme »',
    parts: [
      { text: 'Le lycée peut refuser un dépôt, par exemple s’il manque une signature. Vous recevez un courriel ; la ligne porte « Non conforme », et la fiche du mini-stage dit pourquoi.' },
      { picture: 'origine-non-conforme', alt: 'La fiche d’un élève : « La convention déposée n’est pas conforme », suivie du motif ; le bouton « Déposer » est entouré.' },
      { steps: [
        'Lisez le motif et corrigez le document ; la convention d’origine se télécharge toujours par « Conv. ».',
        'Cliquez sur « Déposer » : le nouveau fichier remplace le précédent.',
      ] },
    ],
  },
  {
    id: 'desinscrire', title: 'Désinscrire un élève',
    parts: [
      { text: 'À la ligne de l’élève, cliquez sur « Désinscrire », donnez un motif si vous le souhaitez, et confirmez. La place est libérée aussitôt et le lycée est prévenu. Certaines plateformes ferment cette possibilité quelques jours avant la date : appelez alors le lycée, dont les coordonnées sont sous « Contact ».' },
      { picture: 'origine-desinscrire', alt: 'La fenêtre qui demande confirmation avant de désinscrire un élève, et rappelle ce qui va se passer.' },
    ],
  },
  {
    id: 'apres', title: 'Après le mini-stage',
    parts: [
      { text: '« Réservations passées » garde les mini-stages terminés. Ouvrez la fiche de l’élève pour lire sa présence et l’appréciation du lycée. Une absence vous est aussi signalée par courriel.' },
      { picture: 'origine-apres', alt: 'Dans la fiche de l’élève : « Présent(e) », et l’appréciation écrite par le lycée.' },
    ],
  },
  {
    id: 'calendrier', title: 'Le calendrier et votre agenda',
    parts: [
      { text: '« Calendrier » montre les mini-stages du mois, en liste ou en tableau. Pour les voir dans Outlook, Thunderbird ou sur votre téléphone, cliquez sur « Copier l’adresse » et abonnez-y votre agenda : il se met ensuite à jour tout seul.' },
      { picture: 'origine-agenda', alt: 'L’adresse iCal de l’établissement et le bouton qui la copie.' },
      { note: 'Qui connaît cette adresse voit les mini-stages de vos élèves : ne la publiez pas.' },
    ],
  },
  {
    id: 'membres', title: 'Donner accès à un collègue',
    parts: [
      { text: 'Un compte est personnel : ne partagez pas votre mot de passe, donnez accès à vos collègues. Tout se fait dans « Profil ».' },
      { list: [
        'Pour inviter : tapez l’adresse académique de la personne, puis « Inviter ». Elle reçoit un courriel et choisit son mot de passe.',
        'Une personne de l’établissement peut aussi demander elle-même l’accès, depuis la page de connexion. Vous recevez un courriel ; répondez-y d’un clic, ou ici par « Donner l’accès » ou « Refuser ».',
        'Quand quelqu’un quitte l’établissement, cliquez sur « Retirer » à sa ligne : son accès cesse aussitôt.',
      ] },
      { picture: 'origine-membres', alt: 'Le profil de l’établissement : une demande d’accès avec le bouton « Donner l’accès » entouré, les gestionnaires, et l’invitation.' },
    ],
  },
  {
    id: 'telephone', title: 'Sur un téléphone',
    parts: [
      { text: 'Les mêmes pages s’ouvrent sur un téléphone : le menu est au bas de l’écran, et « Plus » ouvre le reste.' },
      { picture: 'origine-telephone', alt: 'Mes réservations sur un téléphone : une carte par élève, le menu au bas de l’écran.' },
    ],
  },
  {
    id: 'aide', title: 'Besoin d’aide',
    parts: [
      { list: [
        'Pour un mini-stage précis, le bouton « Contact » donne le téléphone et l’adresse du lycée.',
        'Pour le compte ou le site, écrivez à l’assistance dont l’adresse figure au bas de chaque courriel. Elle ne vous demandera jamais votre mot de passe.',
      ] },
    ],
  },
];
