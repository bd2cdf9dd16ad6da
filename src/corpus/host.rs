//! The outlet that a URL tells: its host.

/// Names in front of a host that stand for the same outlet: the common ones of sites for the web, for
/// telephones and for fast pages.
const PREFIXES: [&str; 5] = ["www.", "m.", "mobile.", "amp.", "www2."];

/// The host of a URL in small letters, without `www.` and the like, user and port.
pub(super) fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_matches('.').to_lowercase();
    let host = PREFIXES
        .iter()
        .find_map(|prefix| host.strip_prefix(prefix).filter(|rest| rest.contains('.')))
        .unwrap_or(&host);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    (host.contains('.') && host.chars().all(is_name)).then(|| host.to_owned())
}

/// A host and the domains that it belongs to, the longest first.
pub(super) fn domains(host: &str) -> impl Iterator<Item = &str> {
    let longer = |host: &&str| host.contains('.');
    std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1)).take_while(longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_host_is_the_outlet() {
        for (url, host) in [
            ("https://www.Example.org/a?b", Some("example.org")),
            ("http://user:p@news.example.co.uk:8080#x", Some("news.example.co.uk")),
            ("https://amp.example.org", Some("example.org")),
            ("https://m.org/", Some("m.org")),
            ("example.org/a", None),
            ("urn:x://", None),
            ("file:///tmp/a.html", None),
            ("https://localhost/", None),
            ("", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
        assert_eq!(domains("a.b.org").collect::<Vec<_>>(), ["a.b.org", "b.org"]);
    }

    proptest! {
        #[test]
        fn any_string_has_a_host_or_none(url in "\\PC{0,30}") {
            if let Some(host) = host_of(&url) {
                prop_assert!(host.contains('.') && !host.contains('/'));
            }
        }
    }
}
