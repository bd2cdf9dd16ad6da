//! Closed classes of English words that the rules of linking go by.
//!
//! There is no tagger behind them: a word may be in several classes or in none, and a rule that
//! meets a word of no class treats it as a noun, an adjective or a verb that it can't tell apart.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::{Folded, Key, Span, Token, WordTable};

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u32);

impl Classes {
    /// The empty set.
    pub(super) const NONE: Self = Self(0);
    /// The, this, that, these, those.
    pub(super) const DEFINITE: Self = Self(1);
    /// A, an, any, every, one …
    pub(super) const INDEFINITE: Self = Self(1 << 1);
    /// Its, his, her …
    pub(super) const POSSESSIVE: Self = Self(1 << 2);
    /// Prepositions.
    pub(super) const PREPOSITION: Self = Self(1 << 3);
    /// Finite forms of "be", "become", "remain", "turn".
    pub(super) const BE: Self = Self(1 << 4);
    /// Auxiliaries that tell that a verb is near.
    pub(super) const AUXILIARY: Self = Self(1 << 5);
    /// Auxiliaries that withhold: would, could, might …
    pub(super) const MODAL: Self = Self(1 << 6);
    /// Adverbs that may stand before a predicate.
    pub(super) const ADVERB: Self = Self(1 << 7);
    /// And, or, nor, but.
    pub(super) const COORDINATOR: Self = Self(1 << 8);
    /// Words that open a clause of their own, relatives included.
    pub(super) const SUBORDINATOR: Self = Self(1 << 9);
    /// Offices and honorifics.
    pub(super) const TITLE: Self = Self(1 << 10);
    /// Occupations and roles that may stand between a label and a name.
    pub(super) const ROLE: Self = Self(1 << 11);
    /// Words of time and kin before a title: late, former, then, acting.
    pub(super) const STANDING: Self = Self(1 << 12);
    /// Forms of verbs of speech.
    pub(super) const REPORT: Self = Self(1 << 13);
    /// Verbs that take a name and a label: call, brand, dub.
    pub(super) const CALL: Self = Self(1 << 14);
    /// Verbs that take a name, "as" and a label: describe, denounce.
    pub(super) const CALL_AS: Self = Self(1 << 15);
    /// Words that refuse or deny what they govern.
    pub(super) const WITHHOLD: Self = Self(1 << 16);
    /// Words that make an identity an allegation.
    pub(super) const ALLEGE: Self = Self(1 << 17);
    /// Negators.
    pub(super) const NEGATOR: Self = Self(1 << 18);
    /// Nouns for how a place is governed or fares.
    pub(super) const RULE: Self = Self(1 << 19);
    /// Nouns that a name before them makes its own ("Trudeau supporters"), so that a label before
    /// the name is on them.
    pub(super) const FOLLOWER: Self = Self(1 << 20);
    /// Nouns that, capitalised, end the name of an institution, a paper, a building, a place.
    pub(super) const INSTITUTION: Self = Self(1 << 21);
    /// Nouns for groups and polities that may stand between a label and a name.
    pub(super) const BODY: Self = Self(1 << 22);
    /// Days, months and the like, capitalised without being names of anyone.
    pub(super) const CALENDAR: Self = Self(1 << 23);
    /// Pronouns that can be a subject.
    pub(super) const PRONOUN: Self = Self(1 << 24);
    /// Points of the compass.
    pub(super) const COMPASS: Self = Self(1 << 25);
    /// Prefixes that turn the sense of what they are joined to.
    pub(super) const CONTRARY: Self = Self(1 << 26);

    /// Adjectives of states and peoples that no ending tells.
    pub(super) const DEMONYM: Self = Self(1 << 27);
    /// What an office is of ("Secretary of State").
    pub(super) const PORTFOLIO: Self = Self(1 << 28);

    /// Determiners of every kind.
    pub(super) const DETERMINER: Self =
        Self(Self::DEFINITE.0 | Self::INDEFINITE.0 | Self::POSSESSIVE.0);
    /// Words that no adjective, noun or main verb is.
    pub(super) const FUNCTION: Self = Self(
        Self::DETERMINER.0
            | Self::PREPOSITION.0
            | Self::BE.0
            | Self::AUXILIARY.0
            | Self::MODAL.0
            | Self::COORDINATOR.0
            | Self::SUBORDINATOR.0
            | Self::NEGATOR.0
            | Self::PRONOUN.0,
    );
    /// What may open a sentence with a capital without being part of a name.
    pub(super) const OPENER: Self =
        Self(Self::FUNCTION.0 | Self::ADVERB.0 | Self::STANDING.0 | Self::CALENDAR.0);

    /// Whether the two sets share a class.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes of a folded word.
    pub(super) fn of(form: &str) -> Self {
        Self::listed(form, Key::of(form.as_bytes(), 0, form.len()))
    }

    /// The classes of a word of a folded text.
    pub(super) fn of_token(folded: &Folded, token: &Token) -> Self {
        let Span { start, end } = folded.bare_form(token);
        let key = Key::of(folded.forms(), start as usize, end as usize);
        Self::listed(folded.bare(token), key)
    }

    /// The classes of a folded word with this key.
    #[inline]
    fn listed(form: &str, key: Option<Key>) -> Self {
        let listed = key.and_then(|key| TABLE.get(key)).unwrap_or_default();
        let adverb = listed == Self::default() && form.len() > 4 && form.ends_with("ly");
        let denial = form.ends_with("n't");
        let listed = if adverb { Self::ADVERB } else { listed };
        if denial { listed.with(Self::NEGATOR).with(Self::AUXILIARY) } else { listed }
    }
}

const LISTS: &[(Classes, &str)] = &[
    (Classes::DEFINITE, "the this that these those"),
    (
        Classes::INDEFINITE,
        "a an any every each one some another such two three four five six seven several many most all both few",
    ),
    (Classes::POSSESSIVE, "its his her their our my your whose"),
    (
        Classes::PREPOSITION,
        "of in on at by for with from to against about over under into onto through during within across inside \
         outside between among towards toward upon despite without beyond near behind beneath beside besides per \
         versus via amid along around throughout unlike like as including concerning regarding like than",
    ),
    (
        Classes::BE,
        "is was are were become becomes became remain remains remained turned turns stay stays stayed been be isn't \
         wasn't aren't weren't proved",
    ),
    (Classes::AUXILIARY, "has have had do does did being having will shall"),
    (Classes::MODAL, "would could may might should can must cannot ought"),
    (
        Classes::ADVERB,
        "once now still long also then always formerly openly already just ever even only again soon perhaps \
         today yesterday tomorrow tonight meanwhile however therefore indeed increasingly both so very too quite \
         rather more most much far well later earlier ago never yesterday nevertheless instead thus hence \
         maybe elsewhere numerous again together nearly almost here there back",
    ),
    (Classes::COORDINATOR, "and or but nor yet & plus"),
    (
        Classes::SUBORDINATOR,
        "when after before because unless until while as since that although though if whether where whatever \
         whenever who which whom whose whoever once wherever so what why how lest whereas till",
    ),
    (
        Classes::TITLE,
        "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov governor mayor \
         president presidents premier prime minister ministers deputy vice chancellor king queen prince princess \
         emperor empress tsar czar sultan emir sheikh sheik shah pope cardinal bishop archbishop rev reverend father \
         sister brother saint imam ayatollah rabbi mullah general gen colonel col captain capt major maj lieutenant \
         lt sergeant sgt commander admiral adm marshal brigadier corporal secretary undersecretary ambassador envoy \
         congressman congresswoman mp mep justice judge chief chairman chairwoman chairperson chair leader leaders \
         speaker attorney director commissioner foreign finance interior defence defense supreme first minister \
         senators representatives reps sens congressmen governors comrade don dona senor senora frau herr monsieur madame mme baron baroness count \
         countess duke duchess sheriff officer inspector detective constable treasurer candidate nominee premiers majesty highness excellency",
    ),
    (
        Classes::ROLE,
        "lawmaker lawmakers politician politicians activist activists lawyer writer author novelist journalist \
         columnist commentator economist academic scholar philosopher thinker billionaire millionaire tycoon \
         businessman businesswoman cleric preacher priest rapper singer comedian actor actress filmmaker poet painter \
         guerrilla fighter rebel challenger rival ally opponent colleague predecessor successor incumbent hopeful \
         banker historian blogger broadcaster editor publisher strategist pundit host professor teacher engineer \
         physician doctor head boss ruler heavyweight veteran newcomer outsider organiser organizer founder \
         founders spokesman spokeswoman spokesperson contender councillor councilman legislator mogul \
         figure icon hero heroine patriarch matriarch son daughter wife husband brother sister cousin militant \
         dissident intellectual student scientist researcher reporter coach",
    ),
    (
        Classes::STANDING,
        "late former then ex neighbouring neighboring nearby incumbent outgoing acting longtime long-time veteran current new newly exiled jailed \
         ousted deposed imprisoned disgraced embattled ailing aging ageing old young fellow previous onetime \
         one-time erstwhile elected re-elected charismatic populist controversial notorious infamous famous \
         self-styled self-proclaimed named opposition presidential party trade student mayoral gubernatorial \
         congressional parliamentary cabinet regional national local long-serving long-ruling",
    ),
    (
        Classes::REPORT,
        "said says say saying told tells tell telling claimed claims claim argued argues warned warns warn added adds \
         insisted insists wrote writes asked asks replied admitted admits spoke speaks speak speaking announced \
         announces stated states noted notes explained explains suggested suggests complained complains recalled \
         recalls concluded concludes reported reports testified testifies declared denounced denounces condemned \
         condemns criticised criticized criticises criticizes accused accuses blamed blames attacked attacks mocked \
         praised praises thundered quipped conceded lamented predicted predicts urged urges demanded demands called \
         calls mused joked vowed vows pledged pledges promised",
    ),
    (
        Classes::CALL,
        "call calls called calling brand brands branded branding dub dubs dubbed dubbing label labels labelled labeled \
         labelling labeling term terms termed terming deem deems deemed deeming declare declares declared declaring \
         pronounce pronounced consider considers considered considering proclaim proclaimed style styled designate designates designated designating judged adjudged nickname \
         nicknamed christened",
    ),
    (
        Classes::CALL_AS,
        "describe describes described describing denounce denounces denounced denouncing praise praises praised \
         praising portray portrays portrayed portraying condemn condemns condemned condemning regard regards regarded \
         regarding see sees saw seen seeing view views viewed viewing hail hails hailed hailing depict depicts \
         depicted depicting characterise characterises characterised characterising characterize characterizes \
         characterized characterizing paint paints painted painting cast casts casting dismiss dismisses dismissed \
         dismissing decry decries decried deride derides derided deriding mock mocks mocked mocking attack attacks \
         attacked attacking blast blasts blasted slam slams slammed brand brands branded branding label labels \
         labelled labeled identify identifies identified classify classifies classified list lists listed designate \
         designates designated known recognise recognised recognized refer refers referred referring rejected \
         reject remember remembers remembered castigated castigate pillory pilloried vilified ridiculed ridicule \
         celebrate celebrated defend defended introduce introduced present presented lambasted skewered",
    ),
    (
        Classes::WITHHOLD,
        "refused refuse refuses refusing refusal declined decline declines declining denied deny denies denying \
         doubt doubts doubted doubting avoided avoid avoids avoiding stopped hesitated hesitate hesitates \
         disputed dispute disputes disputing rejected rejects rejecting rebuffed rebutted retracted withdrew \
         regretted apologised apologized failed fails resisted resists unwilling reluctant threatened threatens \
         accused accuses accuse accusing forbidden banned forbade deny wrong false wrongly falsely mistakenly",
    ),
    (
        Classes::ALLEGE,
        "suspected suspects suspect alleged alleges allege allegedly accused accuses accuse reputed reputedly believed \
         rumoured rumored thought supposed supposedly reportedly would-be presumed purported purportedly possible \
         potential likely apparent apparently",
    ),
    (
        Classes::NEGATOR,
        "not never no neither nor none nobody nothing hardly scarcely barely cannot without no-one seldom rarely",
    ),
    (
        Classes::RULE,
        "crisis crises regime regimes government governments rule dictatorship dictatorships chaos junta juntas \
         repression despotism tyranny tyrannies autocracy autocracies anarchy turmoil unrest upheaval collapse \
         experiment revolution takeover administration oppression misrule instability socialism communism fascism \
         authoritarianism totalitarianism state mayhem disorder lawlessness corruption disaster \
         catastrophe meltdown nightmare hell hellhole kleptocracy theocracy oligarchy terror policies system \
         leadership coalition monarchy coup bloodshed violence famine breakdown emergency emergencies emergency \
         paradise utopia model economy politics nationalism extremism populism radicalism fanaticism",
    ),
    (
        Classes::FOLLOWER,
        "leader leaders leadership spokesman spokeswoman spokesperson spokesmen official officials member members \
         activist activists voter voters supporter supporters ally allies adviser advisers advisor advisors aide aides \
         loyalist loyalists critic critics opponent opponents rival rivals fan fans backer backers lawyer lawyers \
         family campaign campaigns speech speeches policy policies plan plans rally rallies fighter fighters \
         militant militants rebel rebels students biographer biographers columnist columnists diplomat \
         diplomats candidate candidates mayor minister ministers president senator senators deputy deputies \
         follower followers donor donors protester protesters protesters troops soldiers agents agent forces \
         army newspaper media press interview book article reporter reporters coalition faction factions wing \
         faction elite index talks embassy ambassador envoy border trip visit meeting summit tour operations operation budget coverage bill economy machine effort",
    ),
    (
        Classes::INSTITUTION,
        "party front alliance union army museum tower post gazette tribune times news herald journal bridge hotel \
         street avenue road square side airport stadium university college school institute foundation bank council \
         committee commission court ministry department office agency bureau club church cathedral hospital theatre \
         theater arena park station press review daily weekly observer guardian telegraph chronicle courier mail globe \
         star sun mirror express standard examiner inquirer league association society federation movement brigade \
         brigades group corps force forces guard company corporation inc ltd llc co airlines airways motors \
         petroleum oil steel systems partners holdings fund trust centre center institution parliament congress \
         senate assembly house hall palace prize award cup games festival championship county city town valley river \
         lake sea ocean gulf bay strait mountain mountains island islands peninsula desert province district \
         territory republic kingdom empire states nations organization organisation treaty accord agreement act bill \
         plan doctrine war revolution reader quarterly magazine dispatch monitor academy library gallery garden \
         gardens wing coast pole beach hills heights airport railway railways line cross convention conference summit benefit operation forum network",
    ),
    (
        Classes::BODY,
        "party parties group groups organisation organization organisations organizations movement movements militia \
         militias alliance alliances faction factions coalition state states nation nations country countries \
         republic republics government governments regime regimes network outfit army brigade cell gang gangs cult \
         union unions bloc power powers neighbour neighbor ally enclave leader leaders ruler rulers president \
         presidents thinker thinkers figures figure politicians politician candidates organs outlets paper papers \
         newspaper newspapers broadcaster broadcasters governments firms company companies societies people men women",
    ),
    (
        Classes::CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
         september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter \
         ramadan god i english french internet ok am pm est gmt covid photo photos image video advertisement read \
         q a",
    ),
    (
        Classes::PRONOUN,
        "he she it they we you i him them us me himself herself itself themselves this that who everyone everybody \
         anyone anybody someone somebody there here its his hers theirs",
    ),
    (Classes::COMPASS, "north south east west northern southern eastern western left right"),
    (
        Classes::PORTFOLIO,
        "state defence defense health education energy treasury interior justice labor labour commerce agriculture \
         transportation transport homeland war foreign finance trade home veterans",
    ),
    (
        Classes::DEMONYM,
        "french dutch greek swiss thai czech danish welsh scottish irish british spanish polish turkish german american \
         kurdish jewish mexican afghan iraqi israeli pakistani saudi kuwaiti yemeni qatari emirati bahraini omani somali \
         bangladeshi uzbek kazakh tajik kyrgyz turkmen slovak slovene croat serb filipino argentine cypriot arab \
         european soviet cuban venezuelan uruguayan paraguayan guatemalan honduran salvadoran nicaraguan kenyan \
         ugandan rwandan libyan angolan moldovan catalan tibetan texan icelandic azeri azerbaijani bosniak kosovar \
         montenegrin nepali bengali kashmiri samoan sri",
    ),
    (Classes::CONTRARY, "anti non pro counter un post pre quasi pseudo"),
];

static TABLE: LazyLock<WordTable<Classes>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Classes> = FxHashMap::default();
    for (class, words) in LISTS {
        for word in words.split_ascii_whitespace() {
            let entry = table.entry(word).or_default();
            *entry = entry.with(*class);
        }
    }
    let keyed = |(word, classes): (&str, Classes)| {
        Key::of(word.as_bytes(), 0, word.len()).map(|key| (key, classes))
    };
    WordTable::new(&table.into_iter().filter_map(keyed).collect::<Vec<_>>())
});

/// Whether a folded word looks like the adjective of a state or a people.
pub(super) fn is_demonym(form: &str, classes: Classes) -> bool {
    classes.meets(Classes::DEMONYM)
        || (classes == Classes::default()
            && form.len() >= 6
            && ["ian", "ean", "can", "ese", "ish"].iter().any(|end| form.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_found() {
        for (class, words) in LISTS {
            for word in words.split_ascii_whitespace() {
                assert!(Classes::of(word).meets(*class), "{word}");
                let folded = Folded::new(word);
                if let [token] = folded.tokens() {
                    assert!(Classes::of_token(&folded, token).meets(*class), "{word}");
                }
            }
        }
        assert_eq!(Classes::of("vessia"), Classes::NONE);
    }
}
