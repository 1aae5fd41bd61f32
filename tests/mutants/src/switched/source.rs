//! One file with all its mutants in it, each behind a switch: `a == b` becomes
//! `(if ::marslab_switches::on(7) { (a != b) } else { (a == b) })`. No line is added, so that a message of the compiler names the
//! line of the original.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, ExprStruct};

use crate::listed::{Genre, Listed};

/// A file with switches.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// What is compiled.
    pub(crate) text: String,
    /// Which bytes of it belong to which mutant; a mutant has none where no switch could be put.
    pub(crate) regions: Vec<(Range<usize>, u32)>,
}

/// Puts the mutants into the text of their file.
///
/// # Errors
///
/// When the text is not that of a Rust file.
pub(crate) fn switched(text: &str, mutants: &[(u32, &Listed)]) -> syn::Result<Source> {
    let mut writer = Writer { mutants: BTreeMap::new(), insertions: Vec::new() };
    for (id, mutant) in mutants {
        let place = (mutant.genre, mutant.span.start.offset(text));
        writer.mutants.entry(place).or_default().push((*id, mutant));
    }
    writer.visit_file(&syn::parse_file(text)?);
    Ok(written(text, writer.insertions))
}

/// Puts each insertion where it belongs; at the same place, in the order in which they were made.
fn written(text: &str, mut insertions: Vec<Insertion>) -> Source {
    insertions.sort_by_key(|it| it.at);
    let mut source = Source::default();
    let mut done = 0;
    for Insertion { at, text: new, of } in insertions {
        source.text += text.get(done..at).unwrap_or_default();
        let start = source.text.len();
        source.text += &new;
        source.regions.extend(of.map(|id| (start..source.text.len(), id)));
        done = at;
    }
    source.text += text.get(done..).unwrap_or_default();
    source
}

struct Insertion {
    at: usize,
    text: String,
    /// The mutant that stands in this text, where it is one's alone.
    of: Option<u32>,
}

struct Writer<'a> {
    /// By what is changed, and where that begins.
    mutants: BTreeMap<(Genre, usize), Vec<(u32, &'a Listed)>>,
    insertions: Vec<Insertion>,
}

impl Writer<'_> {
    fn insert(&mut self, at: usize, text: String, of: Option<u32>) {
        self.insertions.push(Insertion { at, text, of });
    }

    /// Has one of these texts computed in place of a value where its mutant is on. Gives the end, to be closed once all that is
    /// inside has been written.
    fn open(&mut self, whole: Span, instead: &[(u32, String)]) -> Option<usize> {
        let Range { start, end } = whole.byte_range();
        let mut before = "(";
        for (id, text) in instead {
            let text = format!("{before}if ::marslab_switches::on({id}) {{ ({text}) }} else ");
            self.insert(start, text, Some(*id));
            before = "";
        }
        (!instead.is_empty()).then(|| {
            self.insert(start, "{ (".to_owned(), None);
            end
        })
    }

    fn close(&mut self, end: Option<usize>) {
        if let Some(end) = end {
            self.insert(end, ") })".to_owned(), None);
        }
    }

    fn take(&mut self, genre: Genre, at: Span) -> Vec<(u32, String)> {
        let found = self.mutants.remove(&(genre, at.byte_range().start)).unwrap_or_default();
        found.into_iter().map(|(id, mutant)| (id, mutant.replacement.clone())).collect()
    }

    /// What would stand in place of an operator's value.
    fn instead_of(&mut self, value: &Expr) -> Vec<(u32, String)> {
        match value {
            Expr::Binary(it) if !binds(value) => {
                let (left, right) = (told(&it.left), told(&it.right));
                let operators = self.take(Genre::BinaryOperator, it.op.span()).into_iter();
                operators.map(|(id, operator)| (id, format!("{left} {operator} {right}"))).collect()
            }
            Expr::Unary(it) => {
                let operators = self.take(Genre::UnaryOperator, it.op.span()).into_iter();
                operators
                    .map(|(id, operator)| (id, format!("{operator} {}", told(&it.expr))))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

impl<'ast> Visit<'ast> for Writer<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        if let Some(first) = block.stmts.first() {
            for (id, value) in self.take(Genre::FnValue, first.span()) {
                let text = format!("if ::marslab_switches::on({id}) {{ return {value}; }} ");
                self.insert(first.span().byte_range().start, text, Some(id));
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_expr(&mut self, value: &'ast Expr) {
        let instead = self.instead_of(value);
        let end = self.open(value.span(), &instead);
        visit::visit_expr(self, value);
        self.close(end);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let left_out = self.take(Genre::MatchArm, arm.span());
        let guard = arm.guard.as_ref().map(|(_, guard)| &**guard);
        let Some(guard) = guard.filter(|guard| !binds(guard)) else {
            for (id, _) in left_out.into_iter().filter(|_| arm.guard.is_none()) {
                let end = arm.pat.span().byte_range().end;
                self.insert(end, format!(" if !::marslab_switches::on({id})"), Some(id));
            }
            return visit::visit_arm(self, arm);
        };
        let Range { start, end } = guard.span().byte_range();
        for (id, _) in &left_out {
            self.insert(start, format!("!::marslab_switches::on({id}) && ("), Some(*id));
        }
        let instead = self.take(Genre::MatchArmGuard, guard.span());
        let opened = self.open(guard.span(), &instead);
        visit::visit_arm(self, arm);
        self.close(opened);
        self.insert(end, ")".repeat(left_out.len()), None);
    }

    fn visit_expr_struct(&mut self, value: &'ast ExprStruct) {
        let mut ends = Vec::new();
        if let Some(rest) = &value.rest {
            let (path, rest) = (told(&value.path), told(rest));
            for field in &value.fields {
                let name = told(&field.member);
                let instead = self.take(Genre::StructField, field.span()).into_iter();
                let instead = instead.map(|(id, _)| (id, format!("{path} {{ ..{rest} }}.{name}")));
                let instead: Vec<_> = instead.collect();
                if field.colon_token.is_none() && !instead.is_empty() {
                    let end = field.span().byte_range().start;
                    self.insert(end, format!("{name}: "), None);
                }
                ends.push(self.open(field.expr.span(), &instead));
            }
        }
        visit::visit_expr_struct(self, value);
        ends.into_iter().for_each(|end| self.close(end));
    }
}

/// Whether a condition names what later parts of it use (`let Some(it) = …`): it can then stand in no other place.
fn binds(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(it) => binds(&it.left) || binds(&it.right),
        _ => false,
    }
}

/// On one line, and without comments.
fn told(it: &impl ToTokens) -> String {
    it.to_token_stream().to_string()
}

#[cfg(test)]
mod tests;
