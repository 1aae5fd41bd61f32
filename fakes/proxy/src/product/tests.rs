use super::{After, FILES, Place, Product, Situation, products};

#[test]
fn every_file_is_a_product() {
    assert_eq!(products().filter(|(_, summary)| !summary.is_empty()).count(), FILES.len());
    for (name, text) in FILES {
        let product: Product = toml::from_str(text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let asked =
            [Situation::Unknown, Situation::Refused, Situation::Unusable, Situation::Unreachable];
        // Squid tells all kinds of these apart and has no general form of them.
        for situation in asked.into_iter().filter(|_| !name.starts_with("squid")) {
            assert!(product.form(situation).is_some(), "{name}: {situation:?}");
        }
        assert!(product.heads.contains_key("passed"), "{name}");
        for (situation, form) in &product.answers {
            let head = &product.heads[&form.head];
            let has_length = head.iter().any(|line| line.has(Place::Length));
            assert!(
                has_length || form.then != After::Keep,
                "{name}: {situation:?} would never end"
            );
            if let Some(head) = &form.tunnel_head {
                assert!(product.heads.contains_key(head), "{name}: {head}");
            }
        }
    }
}

#[test]
fn squid_tells_every_situation_apart() {
    let squid = Product::named(&"squid-5".into());
    for situation in [
        Situation::Leg,
        Situation::Wrong,
        Situation::RefusedTunnel,
        Situation::RedirectedUpload,
        Situation::NoHttp,
        Situation::BodyTooLarge,
        Situation::NameUnknown,
        Situation::NoRoute,
        Situation::BadAnswer,
    ] {
        assert!(squid.form(situation).is_some(), "{situation:?}");
    }
}
