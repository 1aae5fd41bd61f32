use super::{AfterAnswer, FILES, Placeholder, Product, Situation, products};

#[test]
fn every_file_is_a_product() {
    assert_eq!(products().filter(|(_, summary)| !summary.is_empty()).count(), FILES.len());
    for (name, text) in FILES {
        let product: Product = toml::from_str(text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let asked = [
            Situation::Unauthenticated,
            Situation::Refused,
            Situation::Unusable,
            Situation::Unreachable,
        ];
        // Squid distinguishes all kinds of these and has no general template for them.
        for situation in asked.into_iter().filter(|_| !name.starts_with("squid")) {
            assert!(product.answer(situation).is_some(), "{name}: {situation:?}");
        }
        assert!(product.heads.contains_key("passed"), "{name}");
        for (situation, template) in &product.answers {
            let head = &product.heads[&template.head];
            let has_length = head.iter().any(|line| line.has(Placeholder::Length));
            assert!(
                has_length || template.then != AfterAnswer::Keep,
                "{name}: {situation:?} would never end"
            );
            if let Some(head) = &template.tunnel_head {
                assert!(product.heads.contains_key(head), "{name}: {head}");
            }
        }
    }
}

#[test]
fn squid_tells_every_situation_apart() {
    let squid = Product::named(&"squid-5".into());
    for situation in [
        Situation::Handshake,
        Situation::WrongCredentials,
        Situation::RefusedTunnel,
        Situation::RedirectedUpload,
        Situation::NoHttp,
        Situation::NameUnknown,
        Situation::NoRoute,
        Situation::BadAnswer,
    ] {
        assert!(squid.answer(situation).is_some(), "{situation:?}");
    }
}
