//! `messages.toml` of packs: messages, where they are shown, and preconditions of steps.

use marslab_actions::problem::Problem;
use marslab_live::product::{Additions, Product, ProductError, ProductMistake};
use marslab_model::world::Cast;
use toml::de::DeTable;

use crate::catalogue::{CatalogueError, Mistake, PackTable, Place, Table};
use crate::roles::fill_in;

/// The product with what these tables add to it, or all mistakes in them. What cannot be read is told with the other tables.
pub(super) fn add(to: &Product, tables: &[PackTable]) -> Result<Product, Vec<CatalogueError>> {
    let (mut product, mut mistakes) = (to.clone(), Vec::new());
    for table in tables.iter().filter(|table| table.table == Table::Messages) {
        let Ok(more) = toml::from_str::<Additions>(&table.text) else { continue };
        mistakes.extend(unknown_roles(table));
        match product.with(more) {
            Ok(with) => product = with,
            Err(errors) => mistakes.extend(errors.iter().filter_map(|it| wrong(table, it))),
        }
    }
    if mistakes.is_empty() { Ok(product) } else { Err(mistakes) }
}

/// The roles in preconditions that nothing plays in any world.
fn unknown_roles(table: &PackTable) -> Vec<CatalogueError> {
    let Ok(file) = DeTable::parse(&table.text) else { return Vec::new() };
    // Messages are shown to the letter.
    let keys = file.into_inner().into_iter();
    let mut file: DeTable<'_> = keys.filter(|(key, _)| key.get_ref() == "precondition").collect();
    let mut problems = Vec::new();
    fill_in(&mut file, &Cast::plain(), &mut problems);
    let told = |problem: Problem| at(table, problem.span.start, Mistake::Product(problem.message));
    problems.into_iter().map(told).collect()
}

/// A mistake in one entry of a table. That an id is taken is told with the other tables.
fn wrong(table: &PackTable, error: &ProductError) -> Option<CatalogueError> {
    if matches!(error.mistake, ProductMistake::Duplicate(_)) {
        return None;
    }
    let head = format!("[[{}]]", error.table.as_str());
    let (offset, _) = table.text.match_indices(&head).nth(error.index)?;
    Some(at(table, offset, Mistake::Product(error.mistake.to_string())))
}

fn at(PackTable { file, text, .. }: &PackTable, offset: usize, mistake: Mistake) -> CatalogueError {
    CatalogueError { place: Place::new(file.clone(), text, offset), mistake }
}
