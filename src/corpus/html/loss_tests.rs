//! Patterns of pages where text of the article was lost, or something else was taken for it.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::corpus::format::SeveralArticles;

/// Sentences of an article that nobody wrote.
const SENTENCES: [&str; 12] = [
    "The ferry to Olm stopped running on Sunday, after a rope had caught in one of its screws.",
    "Forty passengers spent the night in the church hall, where the choir sang until two.",
    "The harbour master said that the rope came from a trawler which had no licence to be there.",
    "Its owner denies that, and has asked a court in the capital for the pictures of the cameras.",
    "A diver needed three hours to cut the screw free, because the current ran at five knots.",
    "The company that runs the ferry puts its loss at ninety thousand crowns in a single week.",
    "Farmers on Olm poured away the milk of four days, since no lorry could come for it.",
    "The school stayed open, although two of its teachers were stranded on the other shore.",
    "On Thursday the council voted to keep an old launch ready for such cases in the future.",
    "The launch was built in the year of the great flood, and its engine has been changed twice.",
    "Nobody on the council could say who would steer it, or what the insurance would cost.",
    "The first ferry left on Friday at noon, with a brass band and eleven cows on its deck.",
];

fn paragraphs(from: usize, to: usize) -> String {
    SENTENCES[from..to].iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

fn page(head: &str, body: &str) -> Page {
    extract(&html(head, body)).unwrap()
}

fn html(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A ferry stops | The Quay</title>\
         {head}</head><body>{body}</body></html>"
    )
}

/// How many of the sentences were taken.
fn taken(page: &Page) -> usize {
    SENTENCES.iter().filter(|text| page.text.contains(**text)).count()
}

fn quoted(page: &Page) -> usize {
    let is = |marked: &&Marked| marked.role == Markup::Quotation;
    page.markup.iter().filter(is).count()
}

#[test]
fn paragraphs_behind_a_wall_are_the_article() {
    let article = |walled: &str| {
        page("", &format!("<article><h1>A ferry stops</h1>{}{walled}</article>", paragraphs(0, 3)))
    };
    let classed = paragraphs(3, 12).replace("<p>", "<p class=paywall>");
    assert_eq!(taken(&article(&classed)), 12);
    // Articles that give advice speak to their readers.
    let advice = classed.replace(" ferry", " ferry that you take");
    let advice = advice.replace("school", "school of your child").replace("cows", "of your cows");
    let advice =
        advice.replace("council", "council, for you,").replace("</p>", "<button>x</button></p>");
    let advice = article(&advice);
    assert_eq!(advice.text.split("\n\n").count(), 12, "{}", advice.text);
    let boxed = format!("<div class='paywall premium'>{}</div>", paragraphs(3, 8));
    assert_eq!(taken(&article(&boxed)), 8);
    let mixed = format!(
        "{classed}<div class=paywall><p>You have read your last free article of this month, and we hope \
         that it was worth it.</p><p>Subscribe for a crown a week and go on where you stopped, on \
         every screen that you own.</p></div>"
    );
    let mixed = article(&mixed);
    assert_eq!(taken(&mixed), 12);
    assert!(!mixed.text.contains("crown a week"), "{}", mixed.text);
    // One paragraph alone is taken where the page says that such a class holds its text.
    let one = format!(
        "<article><h1>A ferry stops</h1>{}<div class=paywall>{}</div></article>",
        paragraphs(0, 3),
        paragraphs(3, 4)
    );
    let says = r#"<script type="application/ld+json">{"@type":"NewsArticle","hasPart":{"cssSelector":".paywall"}}</script>"#;
    assert_eq!((taken(&page("", &one)), taken(&page(says, &one))), (3, 4));
}

#[test]
fn furniture_that_runs_in_sentences_goes() {
    for furniture in [
        "<div class=newsletter><p>The briefing tells what happened on the islands while the rest of the country \
         slept, every weekday at seven.</p><p>Sign up and find it in your inbox before the first ferry leaves \
         the harbour of the capital.</p></div>",
        "<div class=author-bio><p>Mara Lind has written on ships and harbours for the Quay since the turn of the \
         century, and lives on a boat.</p><p>Her book on the great flood was read aloud on the radio and won a \
         prize that she gave away.</p></div>",
        "<div class=related><h3><a href=/1>Who owns the launch?</a></h3><p>A deed from the year of the flood gives \
         the boat to the parish, and nobody has looked at it since.</p><h3><a href=/2>Milk on the fields</a></h3>\
         <p>Farmers counted what the week without a ferry had cost them, and wrote a letter to the minister.</p></div>",
        "<p class=promo>The new season of garden chairs has come, and they are cheaper than they ever were before.</p>",
        "<p class=newsletter-inline>Our newsletter tells what happened on the islands, every weekday before seven.</p>",
        "<p class=related>Read more: <a href=/1>The launch that was built in the year of the great flood and never sailed.</a></p>",
    ] {
        let body = format!(
            "<article><h1>A ferry stops</h1>{}{furniture}{}</article>",
            paragraphs(0, 6),
            paragraphs(6, 12)
        );
        let page = page("", &body);
        assert_eq!(taken(&page), 12, "{furniture}");
        let told: usize = SENTENCES.iter().map(|text| text.len()).sum();
        assert!(page.text.len() < told + 40, "{}", page.text);
        assert_eq!(page.note, PageNote::default(), "{furniture}");
    }
}

#[test]
fn paragraphs_with_unlucky_names_stay() {
    let body = format!(
        "<article><h1>A ferry stops</h1>{}<p id=related-to-trawlers>{}</p><p class=share>{}</p>{}\
         <div class=share-price-box><p>The share of the company fell.</p></div>{}</article>",
        paragraphs(0, 3),
        SENTENCES[3],
        SENTENCES[4],
        paragraphs(5, 8),
        paragraphs(8, 12)
    );
    let page = page("", &body);
    assert_eq!(taken(&page), 12);
    assert!(page.text.contains("The share of the company fell."));
}

#[test]
fn a_quotation_that_is_most_of_the_article_stays_one() {
    let statement = format!(
        "<article><h1>A ferry stops</h1><p>The harbour master gave this statement to the Quay on Monday.</p>\
         <blockquote>{}</blockquote><p>He took no questions from anybody in the hall.</p></article>",
        paragraphs(0, 12)
    );
    assert_eq!(quoted(&page("", &statement)), 12);
    let between = format!(
        "<article><h1>A ferry stops</h1>{}<blockquote><div>{}</div></blockquote>{}</article>",
        paragraphs(0, 2),
        paragraphs(2, 10),
        paragraphs(10, 12)
    );
    let page = page("", &between);
    assert_eq!((taken(&page), quoted(&page)), (12, 8));
}

#[test]
fn an_article_in_two_boxes_is_taken_whole() {
    for (outer, begin, end) in [
        ("main", "<div><div class=part>", "</div></div>"),
        ("article", "<section><div><div>", "</div></div></section>"),
    ] {
        let body = format!(
            "<{outer}><h1>A ferry stops</h1>{begin}{}{end}<aside>x</aside><div>{begin}{}{end}</div></{outer}>",
            paragraphs(0, 6),
            paragraphs(6, 12)
        );
        let page = page("", &body);
        assert_eq!((taken(&page), page.note), (12, PageNote::default()), "{outer}");
    }
    let bodies = format!(
        "<div><h1>A ferry stops</h1><div itemprop=articleBody>{}</div></div><div><div class=x>\
         <div itemprop=articleBody>{}</div></div></div>",
        paragraphs(0, 6),
        paragraphs(6, 12)
    );
    assert_eq!(taken(&page("", &bodies)), 12);
}

#[test]
fn what_is_left_out_is_said() {
    let body = format!(
        "<div class=one><h1>A ferry stops</h1>{}</div><div><div><ul class=voices><li><div>{}</div></li></ul></div></div>",
        paragraphs(0, 8),
        paragraphs(8, 12).replace("</p>\n", "</p></div></li><li><div>")
    );
    let page = page("", &body);
    assert_eq!(taken(&page), 8, "{}", page.text);
    let (paragraphs, words) = page.note.left.unwrap();
    assert_eq!(paragraphs, 4);
    assert!((50..90).contains(&words), "{words}");
}

#[test]
fn a_page_that_says_it_has_more_is_cut_short() {
    let says = |words: usize| {
        let body = format!("<article><h1>A ferry stops</h1>{}</article>", paragraphs(0, 12));
        let script = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","wordCount":{words}}}</script>"#
        );
        page(&script, &body).note.announced
    };
    assert_eq!(says(200), None);
    assert_eq!(says(270), None);
    assert!(matches!(says(400), Some((400, found)) if (185..215).contains(&found)));
}

#[test]
fn of_several_articles_one_is_taken_and_said() {
    let story = |title: &str, from, to| {
        format!("<article><h1>{title}</h1>{}</article>", paragraphs(from, to))
    };
    let chosen = Some(SeveralArticles { number: 2, one_taken: true });
    let first = page("", &(story("A ferry stops", 0, 6) + &story("A launch is found", 6, 12)));
    assert_eq!((taken(&first), first.note.articles), (6, chosen));
    let second = page("", &(story("A launch is found", 6, 12) + &story("A ferry stops", 0, 5)));
    assert_eq!((taken(&second), second.note.articles), (5, chosen));
    let posts: String = (0..6)
        .map(|n| {
            let text = paragraphs(2 * n, 2 * n + 2);
            format!("<article><h2>Update {n}</h2>{text}</article>")
        })
        .collect();
    let posts = format!("<main><h1>A ferry stops</h1>{posts}</main>");
    let joined = page("", &posts);
    let parts = Some(SeveralArticles { number: 6, one_taken: false });
    assert_eq!((taken(&joined), joined.note.articles), (12, parts));
    let live = r#"<script type="application/ld+json">{"@type":"LiveBlogPosting"}</script>"#;
    assert_eq!(page(live, &posts).note.articles, None);
    let comments = format!(
        "{}<ol class=comment-list><li><article class=comment-body>{}</article></li></ol>",
        story("A ferry stops", 0, 8),
        paragraphs(8, 12)
    );
    let quiet = page("", &comments);
    assert_eq!((taken(&quiet), quiet.note), (8, PageNote::default()));
}

#[test]
fn short_and_repeated_texts_are_articles() {
    let notice = "<article><h1>Ferry stopped</h1><p>The ferry is stopped.</p></article>";
    assert!(page("", notice).text.contains("The ferry is stopped."));
    assert_eq!(
        extract(&html("", "<p>The ferry is stopped.</p>")),
        Err(SkipReason::NoArticleOnPage)
    );
    let posts = format!("<div class=post><h2>Update</h2><p>{} 12:00</p></div>", SENTENCES[0]);
    let live = format!("<main><h1>A ferry stops</h1>{}</main>", posts.repeat(8));
    assert!(extract(&html("", &live)).is_ok());
}

#[test]
fn what_no_reader_sees_is_left_out() {
    let body = format!(
        "<article amp><h1>A ferry stops</h1>{}<amp-ad>chairs</amp-ad><p>It <del>sank</del> stopped \
         <span class='x sr-only'>aloud</span>there.</p><section subscriptions-section=content><p>Inside it runs.</p>\
         </section><section subscriptions-section=content-not-granted><p>Pay a crown a week now.</p></section></article>",
        paragraphs(0, 12)
    );
    let page = page("", &body);
    assert!(page.text.contains("It stopped there.") && page.text.contains("Inside it runs."));
    assert!(!page.text.contains("chairs") && !page.text.contains("Pay a crown"));
    assert_eq!(text_of_fragment("<p>a <del>b</del> <i class=sr-only>c</i>d</p>").unwrap().0, "a d");
}

#[test]
fn teasers_are_neither_taken_nor_missed() {
    let teaser = |n: usize| {
        let text = SENTENCES[n];
        format!("<div><h3><a href=/{n}>Story {n} of the day</a></h3><div><p>{text}</p></div></div>")
    };
    let teasers: String = (8..12).map(teaser).collect();
    let body = format!(
        "<main><h1>A ferry stops</h1><div><div>{}</div></div><aside>x</aside><div><div><div>{teasers}</div></div>\
         </div></main>",
        paragraphs(0, 8)
    );
    let document = Document::from(html("", &body));
    survey::mark_teasers(&document, &clutter::Lengths::of(&document));
    let survey = survey::of(&document);
    let known = blocks::of(&Document::fragment(paragraphs(0, 8)));
    let texts = |blocks: &[Block]| -> Vec<String> {
        blocks.iter().map(|block| block.text.clone()).collect()
    };
    let (whole, left) = survey.complete(known.clone());
    assert_eq!((texts(&whole), left), (texts(&known), None));
}
