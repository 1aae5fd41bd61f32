//! `messages.toml` of packs: messages, where they are shown, and preconditions of steps.

use marslab_live::product::{Additions, Product, ProductError};

use crate::catalogue::{CatalogueError, Mistake, PackTable, Place, Table};

/// The product with what these tables add to it, or all mistakes in them.
pub(super) fn add(to: &Product, tables: &[PackTable]) -> Result<Product, Vec<CatalogueError>> {
    let (mut product, mut mistakes) = (to.clone(), Vec::new());
    for table in tables.iter().filter(|table| table.table == Table::Messages) {
        match toml::from_str::<Additions>(&table.text) {
            Ok(more) => match product.with(more) {
                Ok(with) => product = with,
                Err(errors) => mistakes.extend(errors.iter().filter_map(|it| wrong(table, it))),
            },
            Err(error) => {
                let offset = error.span().unwrap_or_default().start;
                mistakes.push(at(table, offset, Mistake::Unreadable(error.message().to_owned())));
            }
        }
    }
    if mistakes.is_empty() { Ok(product) } else { Err(mistakes) }
}

/// A mistake in one entry of a table. That an id is taken is told with the other tables.
fn wrong(table: &PackTable, error: &ProductError) -> Option<CatalogueError> {
    if matches!(error.mistake, marslab_live::product::ProductMistake::Duplicate(_)) {
        return None;
    }
    let head = format!("[[{}]]", error.table.as_str());
    let (offset, _) = table.text.match_indices(&head).nth(error.index)?;
    Some(at(table, offset, Mistake::Product(error.mistake.to_string())))
}

fn at(PackTable { file, text, .. }: &PackTable, offset: usize, mistake: Mistake) -> CatalogueError {
    CatalogueError { place: Place::new(file.clone(), text, offset), mistake }
}
