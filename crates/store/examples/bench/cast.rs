//! Invented people: given and family names as met in the districts, drawn apart from each other with a fixed seed.

/// Numbers that are the same on every machine (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    /// One of a list; the first ones come more often, as common names do.
    pub fn common<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let part = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        list.get((part.powf(1.6) * list.len() as f64) as usize)
    }

    /// One of a list, each as often.
    pub fn any<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

const GIVEN: &str = "Mohamed Fatima Marie Ahmed Aïcha Jean Karim Samia Awa Louis Mamadou Fatoumata Ibrahim Khadija Youssef Nadia \
Pierre Aminata Ali Sophie Omar Mariam Abdoulaye Leïla Nicolas Yasmine Hassan Zohra Moussa Hélène Rachid Malika Ousmane Claire \
Said Naïma Michel Kadiatou Mehmet Ayşe Mustafa Emine Ana João Maria José Fernanda Antónia Thierry Chantal Sékou Bintou Adama \
Kader Salima Farid Hanane Bilal Inès Amine Sarah Yacine Lina Nabil Rania Sofiane Meriem Walid Amel Hichem Soumaya Tarek Houria \
Djamel Djamila Nassim Noura Slimane Zineb Brahim Saïda Larbi Yamina Boubacar Oumou Cheikh Ndèye Modou Astou Ibrahima Rokia \
Souleymane Assetou Lassana Djeneba Bakary Hawa Demba Coumba Samba Penda Alpha Mariama Thierno Ramatoulaye Amadou Salimata Seydou \
Maïmouna Issa Rokhaya Abdou Ndeye Malick Sokhna Babacar Mame Lamine Aïssatou Ismaël Halima Daouda Zeinab Idrissa Nafissatou \
Saidou Haoua Abdallah Zaïnaba Soilihi Echati Houssein Moinaecha Anrafati Fahad Nasra Mourad Samira Kamel Souad Abdelkader \
Abdelaziz Abderrahmane Abdelhamid Noureddine Salaheddine Jamila Latifa Hafida Rkia Touria Khalid Driss Aziz Hamid Mounir Fouad \
Jaouad Ilyas Wassim Adel Riad Zoubida Ouarda Fadila Ghania Dalila Nacera Ratiba Tassadit Ouiza Ferroudja Arezki Lounès Idir \
Massinissa Kahina Dihia Thiziri Burak Elif Zeynep Hatice Fatma Hüseyin Ömer Yusuf İbrahim Işık Gülşen Çağla Şükrü Tuğba Selim \
Thị Nguyệt Anh Hương Đức Minh Phượng Tuấn Søren Łukasz Agnieszka Małgorzata Paweł Krzysztof Andreea Ionuţ Ştefan Mihaela Vasile \
Gheorghe Zorica Dragana Besnik Arben Flutura Shpresa Zarema Aslan Madina Zelimkhan Rustam Anzor Fariba Hamidullah Zabihullah \
Gulalai Nasrin Shirin Parwana Olena Andriy Oksana Iryna Serhiy Lyudmila Tamar Giorgi Nino Anahit Gayané Armen Hovhannès Jonathan \
Kévin Émilie Aurélie Céline François Geneviève Thérèse Jérôme Benoît Noël Françoise Bérénice Loïc Gaël Maël Zoé Chloé Léa Théo \
Hugo Manon Camille Baptiste Lucie Jules Alice Margaux Paul Julien Mathilde Antoine Élodie Maxime Laurent Sandrine Patrick \
Véronique Gérard Monique Odette Lucienne Raymond Yvette Gilles Solange Denise Roger Simone André Paulette Fernand Ginette \
Carlos Manuel Conceição Rosário Filipe Tiago Inês Catarina Rui Graça Luís Sónia Nuno Paula Jorge Armando Idalina Prosper Blaise \
Clémentine Espérance Merveille Grâce Dieudonné Fidèle Innocent Béatrice Chancel Bienvenu Honorine Célestin Éloïse Amélie Ruth \
Esther Samuel Josué Isaac Rebecca Mélissa Wendy Stéphane Jean-Claude Marie-Louise Jean-Baptiste Anne-Marie Marie-Thérèse \
El-Hadj Mohand Mouloud Rabah Akli Smaïl Nouara Fatiha Hakima Naoual Ikram Chaïma Hajar Oussama Zakaria Ayoub Anas Imane Asmaa";

const FAMILY: &str = "Diallo Martin Traoré Benali Bernard Nguyễn Sylla Dubois Coulibaly Da\u{a0}Silva Yılmaz Touré Petit Cissé Durand \
Leroy Keïta Moreau Camara Simon Konaté Laurent Sow Lefèvre Barry Michel Bah Garcia Ndiaye N’Diaye Fofana Bertrand Kaya Roux Koné \
Vincent Demir Fournier Sissoko Morel Girard Şahin André Mercier Çelik Blanc Diarra Guérin Boyer Garnier Chevalier François Legrand \
Gauthier Perrin Robin Clément Morin Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Lemaire Noël Meyer Dufour \
Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Colin \
Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Payet Olivier Lacroix Philippe Bourgeois Pierre Benoît Rey Leclerc Hoarau \
Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupont Moulin Louis Deschamps Huet \
Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault Charpentier Ménard \
Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Cousin Germain \
Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier \
Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Bouchet Gay Lemaître Bénard Maréchal \
Humbert Reynaud Antoine Hoareau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte Cœur \
Benhamou Bensaïd Benchikh Benyahia Benmoussa Bendjelloul Benaïssa Benslimane Bouazza Boudiaf Bouhired Boukhari Bouteflika Bouzid \
Belkacem Belhadj Belaïd Belarbi Chérif Hamidi Haddad Mansouri Mebarki Meziane Messaoudi Mokrani Nasri Ouali Ouattara Ould\u{a0}Amar \
Rahmani Saïdi Slimani Toumi Yahiaoui Zeroual Zidane Ziani Ziri Amrani Alaoui Bennani Berrada Chraïbi Fassi Idrissi Lahlou \
Tazi Ouazzani Bouhlal Daoudi Ghazali Hachimi Kabbaj Khalfi Laroui Naciri Qadiri Rhazi Sebti Skalli Tahiri Trabelsi Jebali \
Gharbi Mejri Ayari Ben\u{a0}Ali Hammami Khemiri Riahi Sassi Zouari Chaabane Dridi Ferchichi Guesmi Ghannouchi Jlassi Kefi \
Kouyaté Doumbia Dembélé Sidibé Sangaré Samaké Sacko Soumaré Tandia Diakité Diabaté Diarrassouba Dramé Gassama Baradji Bathily \
Cissokho Danfakha Diagne Dieng Diop Dione Diouf Fall Faye Gaye Gueye Guèye Kane Lô Mbaye Mbengue Mbodj Ndao Ndour Niang Niasse \
Sall Samb Sarr Seck Sène Senghor Seye Sy Tall Thiam Thioune Wade Wane Ba Baldé Bangoura Condé Kaba Kourouma Soumah Youla Conté \
Bamba Bakayoko Coulibali Dosso Kouadio Kouamé Kouassi N’Guessan Yao Yapi Zadi Akpa Amani Brou Mbemba Mabiala Makosso Malonga \
Massamba Moukoko Ngoma Nkounkou Nzaba Ilunga Kabongo Kalala Kasongo Lukusa Mbuyi Mukendi Mutombo Ngandu Tshibangu Tshimanga \
Abdou Abdallah Ahamada Ali Attoumani Bacar Boina Combo Halidi Hassani Ibrahim Madi M’Dahoma Mhadji Mlanao Mmadi Mohamed Msa Saïd \
Soilihi Soulé Youssouf Arslan Aydın Doğan Kılıç Özdemir Öztürk Yıldız Yıldırım Aslan Koç Kurt Özkan Polat Şimşek Erdoğan Güneş Kara \
Trần Lê Phạm Huỳnh Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Pereira Ferreira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves \
Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso \
Rocha Neves Coelho Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski \
Zieliński Szymański Woźniak Dąbrowski Popescu Ionescu Dumitru Stoica Gheorghiu Rusu Munteanu Jovanović Petrović Nikolić Marković \
Đorđević Hoxha Krasniqi Gashi Berisha Shala Morina Kadyrov Magomadov Dadaev Umarov Akhmadov Saidov Isaev Ahmadi Hosseini Mohammadi \
Karimi Rahimi Stanikzai Noori Safi Sultani Shevchenko Kovalenko Bondarenko Tkachenko Petrosyan Sargsyan Hakobyan Grigoryan \
Beridze Kapanadze Gelashvili D’Angelo Rossi Ferrari Esposito Bianchi Saint-Pierre Saint-Martin De\u{a0}Sousa Dos\u{a0}Santos \
Le\u{a0}Gall Le\u{a0}Goff Le\u{a0}Roux Kermarrec Quéméneur Abgrall";

/// Words that stand before a family name.
const BEFORE: &[&str] = &["Ben ", "El ", "Aït ", "Ould ", "Bou", "N’", "El-", "Abdel", "Da ", "Van "];

/// Streets of the invented territory.
pub const STREETS: &[&str] = &[
    "allée de Milan",
    "rue de Saint-Éloi",
    "boulevard de la Gare",
    "avenue de l’Europe",
    "rue des Peupliers",
    "allée du Verger",
    "place de la Liberté",
    "rue du Colombier",
    "allée des Cèdres",
    "rue Christophe Colomb",
    "avenue du Général Bonneau",
    "rue de la Fuye",
    "square des Lilas",
    "allée de Turin",
    "rue Joseph Priestley",
    "rue de l’Hospitalité",
    "allée de Bilbao",
    "chemin du Vieux Moulin",
    "rue Ampère",
    "rue Blaise Pascal",
    "impasse du Puits",
    "rue du Champ Long",
    "allée Nadar",
    "rue de Jérusalem",
    "rue des Bordiers",
    "avenue Stendhal",
    "rue Mozart",
    "allée Chopin",
    "rue Ravel",
    "boulevard du Chinon",
    "rue du Petit Prince",
    "place Neuve",
    "rue des Tisserands",
    "rue Haute",
    "allée des Ormes",
    "rue du Lavoir",
    "avenue du Cher",
    "rue des Vignerons",
    "rue du Levant",
    "allée de Naples",
    "rue du Four",
    "rue des Quatre Vents",
    "allée du Nord",
    "rue Merlin",
];

/// A person of the cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
}

/// Draws names.
pub struct Cast {
    given: Vec<String>,
    family: Vec<String>,
}

impl Cast {
    /// The whole cast.
    pub fn new() -> Self {
        let words = |text: &str| text.split(' ').filter(|w| !w.is_empty()).map(|w| w.replace('\u{a0}', " ")).collect();
        Self { given: words(GIVEN), family: words(FAMILY) }
    }

    /// A given name.
    pub fn given(&self, dice: &mut Dice) -> String {
        dice.common(&self.given).cloned().unwrap_or_default()
    }

    /// A family name: one in eight has a word before it, one in twelve is double.
    pub fn family(&self, dice: &mut Dice) -> String {
        let name = dice.common(&self.family).cloned().unwrap_or_default();
        match dice.below(24) {
            0..=2 => format!("{}{name}", dice.any(BEFORE).unwrap_or(&"")),
            3..=4 => format!("{name}-{}", dice.common(&self.family).map_or("", String::as_str)),
            _ => name,
        }
    }
}
