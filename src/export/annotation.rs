//! Links as Web Annotations (W3C, JSON-LD): what a figure says, and selectors of the words that say it; written, read
//! again, also as other programs write them, and resolved.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    error::Error,
    facts::{Fact, Status},
    source::{
        Comparison, Document, Ground, Place, Print, Resolution, Selecting, Selector, Source, Span,
        resolve::{resolve, resolve_quote},
        selector::{Likes, Ties},
    },
};

/// The vocabulary of the W3C.
const ANNO: &str = "http://www.w3.org/ns/anno.jsonld";
/// What `cell=5,2` means.
const CELLS: &str = "http://tools.ietf.org/rfc/rfc7111";
/// The prefix of the program's own terms, and what it stands for.
const OWN: (&str, &str) = ("nisba", "urn:x-nisba:");

/// A saved link.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its identifier.
    pub id: String,
    /// What it says, in words: `rating, Courts of Law, 2007: 3.75 score`.
    pub label: String,
    /// The name of the file it leads to; empty when the annotation doesn't say.
    pub file: String,
    /// SHA-256 of that file in hexadecimal; empty when the annotation doesn't say.
    pub sha256: String,
    /// Where it leads. In a link that was read the place is only known once it is resolved.
    pub selector: Selector,
}

/// The links of a source: one a fact that it states.
pub fn links(source: &Source, facts: &[Fact]) -> Vec<Link> {
    let selecting = Selecting::new(source);
    let sha256 = hex(&source.sha256);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let own = facts.iter().filter(|fact| fact.anchor.source == source.id);
    let stated = own.filter(|fact| matches!(fact.status, Status::Stated | Status::NotApplicable));
    let link = |fact: &Fact| {
        let selector = selecting.selector(fact.anchor.place)?;
        let place = match selector.place {
            Place::Text(span) => format!("{}-{}", span.start, span.end),
            Place::Cell { table, row, column } => format!("t{}r{}c{}", table + 1, row + 1, column + 1),
        };
        let id = format!("urn:x-nisba:link:{}:{place}", &sha256[..16]);
        let number = taken.entry(id.clone()).or_default();
        *number += 1;
        let id = if *number > 1 { format!("{id}:{number}") } else { id };
        Some(Link { id, label: label(fact), file: source.name.clone(), sha256: sha256.clone(), selector })
    };
    stated.filter_map(link).collect()
}

/// `rating, Courts of Law, 2007: 3.75 score`.
fn label(fact: &Fact) -> String {
    let what = [&fact.kind, &fact.subject, &fact.tier, &fact.period];
    let what = what.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    match (fact.value, fact.value_max) {
        (Some(value), Some(most)) => format!("{what}: {value} to {most} {}", fact.unit),
        (Some(value), None) => format!("{what}: {value} {}", fact.unit),
        (None, _) => format!("{what}: {}", fact.status.label()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

// ── Writing ──

/// The bytes of a file: an annotation page with all links, in order, and the prints of the documents they lead to.
///
/// # Errors
/// Where a value is none that JSON can hold.
pub fn encode(sources: &[&Source], links: &[Link]) -> Result<Vec<u8>, Error> {
    let mut prints: Vec<Value> = Vec::new();
    for link in links {
        let urn = urn(&link.sha256);
        let Some(ties) = link.selector.ties.as_ref().filter(|_| prints.iter().all(|print| print["id"] != urn)) else {
            continue;
        };
        let passages: String = ties.print.0.iter().map(|hash| format!("{hash:016x}")).collect();
        prints.push(json!({ "id": urn, "nisba:passages": passages }));
    }
    let page = json!({
        "@context": [ANNO, { OWN.0: OWN.1 }],
        "id": format!("urn:x-nisba:links:{}", page_hash(links)),
        "type": "AnnotationPage",
        "nisba:prints": prints,
        "items": links.iter().map(|link| annotation(sources, link)).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&page).map_err(|error| {
        Error::usage(format!("the links cannot be written as JSON: {error}"), "report this as a fault")
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The same for the same links.
fn page_hash(links: &[Link]) -> String {
    let ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
    hex(&Source::hash(ids.join("\n").as_bytes())[..8])
}

fn urn(sha256: &str) -> String {
    format!("urn:sha256:{sha256}")
}

fn annotation(sources: &[&Source], link: &Link) -> Value {
    let source = sources.iter().find(|source| hex(&source.sha256) == link.sha256);
    let kind = match source.map(|source| &source.document) {
        Some(Document::Table(_)) => "Dataset",
        _ => "Text",
    };
    json!({
        "id": link.id,
        "type": "Annotation",
        "motivation": "identifying",
        "body": { "type": "TextualBody", "format": "text/plain", "value": link.label },
        "target": {
            "source": { "id": urn(&link.sha256), "type": kind, "name": link.file },
            "selector": selectors(&link.selector),
        },
    })
}

fn selectors(selector: &Selector) -> Vec<Value> {
    let mut all = Vec::new();
    match (selector.place, selector.position) {
        (Place::Text(_), Some((start, end))) => {
            all.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
        }
        (Place::Cell { row, column, .. }, _) => {
            let value = format!("cell={},{}", row + 1, column + 1);
            all.push(json!({ "type": "FragmentSelector", "conformsTo": CELLS, "value": value }));
        }
        _ => {}
    }
    all.push(json!({
        "type": "TextQuoteSelector",
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }));
    all.extend(selector.ties.as_ref().map(|ties| own_selector(selector, ties)));
    all
}

fn own_selector(selector: &Selector, ties: &Ties) -> Value {
    let mut own = Map::new();
    let mut put = |key: &str, value: Value| own.insert(key.to_owned(), value);
    put("type", json!("nisba:PassageSelector"));
    put("nisba:passage", json!(ties.passage));
    put("nisba:passages", json!(ties.passages));
    put("nisba:offset", json!(ties.offset));
    put(
        "nisba:like",
        match &ties.like {
            Likes::Few(like) => json!(like),
            Likes::Many => json!("many"),
        },
    );
    if let (Place::Cell { table, .. }, Some((head, key))) = (selector.place, &selector.cell) {
        put("nisba:table", json!(table));
        put("nisba:head", json!(head));
        put("nisba:key", json!(key));
    }
    Value::Object(own)
}

// ── Reading ──

/// The links of a file, also of one that another program wrote. What is no annotation of words is left out.
///
/// # Errors
/// Where the bytes are no JSON, or hold no annotation that can be followed.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Vec<Link>, Error> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let whole: Value = serde_json::from_slice(bytes).map_err(|error| {
        Error::read(name, format!("this is no JSON ({error})"), "choose a file of Web Annotations (JSON-LD)")
    })?;
    let prints = prints(&whole);
    let mut found = Vec::new();
    annotations(&whole, 0, &mut found);
    let links: Vec<Link> = found
        .into_iter()
        .flat_map(|annotation| targets(annotation).into_iter().filter_map(|t| link(annotation, t, &prints)))
        .collect();
    if links.is_empty() {
        let what = "no annotation in it has a quote, a position or a cell to look for";
        return Err(Error::read(name, what, "choose a file of Web Annotations (JSON-LD) with text selectors"));
    }
    Ok(links)
}

/// Deeper than this nobody nests annotations.
const DEPTH: usize = 8;

/// Annotations, alone or in lists, pages, collections and graphs.
fn annotations<'a>(value: &'a Value, depth: usize, found: &mut Vec<&'a Value>) {
    if depth > DEPTH {
        return;
    }
    if let Value::Array(values) = value {
        values.iter().for_each(|value| annotations(value, depth + 1, found));
    } else if is_of_type(value, "Annotation") {
        found.push(value);
    } else {
        for key in ["items", "first", "@graph"] {
            if let Some(inner) = value.get(key) {
                annotations(inner, depth + 1, found);
            }
        }
    }
}

/// One value, or each of a list.
fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    let kinds = each(value.get("type").or_else(|| value.get("@type")));
    kinds.iter().filter_map(|kind| kind.as_str()).any(|kind| kind.rsplit([':', '#']).next() == Some(name))
}

fn text_of(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        // A text in several languages: the first will do.
        Some(Value::Array(all)) => all.first().and_then(Value::as_str).unwrap_or_default().to_owned(),
        Some(Value::Object(text)) => text.get("value").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

fn number_of(value: &Value, key: &str) -> Option<usize> {
    value.get(key)?.as_u64().and_then(|number| usize::try_from(number).ok())
}

fn id_of(value: &Value) -> String {
    let id = value.get("id").or_else(|| value.get("@id"));
    id.and_then(Value::as_str).or_else(|| value.as_str()).unwrap_or_default().to_owned()
}

fn targets(annotation: &Value) -> Vec<&Value> {
    each(annotation.get("target")).into_iter().filter(|target| target.is_object()).collect()
}

/// The prints in a file, by the document they are of.
fn prints(whole: &Value) -> BTreeMap<String, Arc<Print>> {
    let read = |print: &Value| {
        let passages = print.get("nisba:passages")?.as_str()?;
        let digits = passages.as_bytes().chunks(16);
        let hash = |digits: &[u8]| u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        Some((id_of(print), Arc::new(Print(digits.map(hash).collect::<Option<_>>()?))))
    };
    each(whole.get("nisba:prints")).into_iter().filter_map(read).collect()
}

fn link(annotation: &Value, target: &Value, prints: &BTreeMap<String, Arc<Print>>) -> Option<Link> {
    let source = target.get("source").unwrap_or(&Value::Null);
    let id = id_of(source);
    let mut all = Vec::new();
    each(target.get("selector")).into_iter().for_each(|selector| flatten(selector, 0, &mut all));
    let of = |name: &str| all.iter().find(|(selector, _)| is_of_type(selector, name));
    let quote = of("TextQuoteSelector").map(|(selector, _)| *selector);
    // A position within what another selector finds is none in the document.
    let position = of("TextPositionSelector").filter(|(_, refines)| !refines).and_then(|(selector, _)| {
        let (start, end) = (number_of(selector, "start")?, number_of(selector, "end")?);
        (start < end).then_some((start, end))
    });
    let cell = of("FragmentSelector").and_then(|(selector, _)| cell(&text_of(selector, "value")));
    let own = of("PassageSelector").map(|(selector, _)| *selector);
    let place = match cell {
        Some((row, column)) => {
            let table = own.and_then(|own| number_of(own, "nisba:table")).and_then(|table| u32::try_from(table).ok());
            Place::Cell { table: table.unwrap_or(0), row, column }
        }
        None => Place::Text(Span::default()),
    };
    let exact = quote.map(|quote| text_of(quote, "exact")).unwrap_or_default();
    if exact.is_empty() && position.is_none() && cell.is_none() {
        return None;
    }
    let cell = own.filter(|own| own.get("nisba:head").is_some());
    let name = text_of(source, "name");
    Some(Link {
        id: id_of(annotation),
        label: each(annotation.get("body")).first().map(|body| body_text(body)).unwrap_or_default(),
        // Others give an address: its last part is what a file would be called.
        file: if name.is_empty() && !id.starts_with("urn:") { last_part(&id) } else { name },
        sha256: id.strip_prefix("urn:sha256:").unwrap_or_default().to_lowercase(),
        selector: Selector {
            place,
            position,
            exact,
            prefix: quote.map(|quote| text_of(quote, "prefix")).unwrap_or_default(),
            suffix: quote.map(|quote| text_of(quote, "suffix")).unwrap_or_default(),
            cell: cell.map(|own| (text_of(own, "nisba:head"), text_of(own, "nisba:key"))),
            ties: own.zip(prints.get(&id)).and_then(|(own, print)| ties(own, print)),
        },
    })
}

/// A selector and those that refine it, each with whether it refines another.
fn flatten<'a>(selector: &'a Value, depth: usize, all: &mut Vec<(&'a Value, bool)>) {
    all.push((selector, depth > 0));
    if depth < DEPTH {
        each(selector.get("refinedBy")).into_iter().for_each(|inner| flatten(inner, depth + 1, all));
    }
}

/// `cell=5,2`, counted from 1, to row and column from 0.
fn cell(fragment: &str) -> Option<(u32, u32)> {
    let (row, column) = fragment.trim_start_matches('#').strip_prefix("cell=")?.split_once(',')?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.parse::<u32>().ok()?.checked_sub(1)?))
}

fn body_text(body: &Value) -> String {
    body.as_str().map_or_else(|| text_of(body, "value"), str::to_owned)
}

fn last_part(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn ties(own: &Value, print: &Arc<Print>) -> Option<Ties> {
    let like = match own.get("nisba:like")? {
        Value::Array(like) => {
            Likes::Few(like.iter().map(|at| usize::try_from(at.as_u64()?).ok()).collect::<Option<_>>()?)
        }
        _ => Likes::Many,
    };
    Some(Ties {
        print: Arc::clone(print),
        passage: number_of(own, "nisba:passage")?,
        passages: number_of(own, "nisba:passages")?,
        offset: number_of(own, "nisba:offset")?,
        like,
    })
}

// ── Following ──

/// The links among these that lead to a source: by its hash, or else by its name; or all, when they lead to one file
/// alone, for a file may have been given another name.
pub fn of_source<'a>(links: &'a [Link], source: &Source) -> Vec<&'a Link> {
    let sha256 = hex(&source.sha256);
    let named: Vec<&Link> = links
        .iter()
        .filter(|link| link.sha256 == sha256 || !link.file.is_empty() && link.file == source.name)
        .collect();
    let one_file = links.windows(2).all(|two| (&two[0].file, &two[0].sha256) == (&two[1].file, &two[1].sha256));
    if named.is_empty() && one_file { links.iter().collect() } else { named }
}

/// What became of each link in a source.
pub fn follow(links: &[&Link], source: &Source) -> Vec<Resolution> {
    let ground = Ground::of(source);
    let bytes = bytes_of(&ground, links.iter().filter_map(|link| link.selector.position));
    let mut compared: Vec<(Arc<Print>, Vec<usize>)> = Vec::new();
    let mut answers: Vec<Option<Resolution>> = vec![None; links.len()];
    for (n, link) in links.iter().enumerate() {
        let Some(ties) = &link.selector.ties else { continue };
        match compared.iter_mut().find(|(print, _)| Arc::ptr_eq(print, &ties.print)) {
            Some((_, of_it)) => of_it.push(n),
            None => compared.push((Arc::clone(&ties.print), vec![n])),
        }
    }
    for (print, of_it) in &compared {
        let comparison = Comparison::new(print, &ground);
        for n in of_it {
            answers[*n] = Some(resolve(&comparison, &placed(&links[*n].selector, &bytes)));
        }
    }
    let alone = |(link, answer): (&&Link, Option<Resolution>)| {
        answer.unwrap_or_else(|| follow_alone(link, &placed(&link.selector, &bytes), source, &ground))
    };
    links.iter().zip(answers).map(alone).collect()
}

/// A link without a print: what it says of the very file it was made for is certain.
fn follow_alone(link: &Link, selector: &Selector, source: &Source, ground: &Ground) -> Resolution {
    let words = source.words(selector.place).filter(|words| !words.is_empty());
    let same_file = link.sha256 == hex(&source.sha256);
    if same_file && words.is_some_and(|words| selector.exact.is_empty() || words == selector.exact) {
        return Resolution::Found(selector.place);
    }
    if selector.exact.is_empty() {
        return Resolution::Changed(None);
    }
    if let Place::Cell { .. } = selector.place {
        // Of another file: the cell may hold another row's value.
        let here = words == Some(selector.exact.as_str());
        return if here { Resolution::Ambiguous(vec![selector.place]) } else { Resolution::Changed(None) };
    }
    resolve_quote(ground, selector)
}

/// The selector with the place in bytes that its position is in this text.
fn placed(selector: &Selector, bytes: &BTreeMap<usize, usize>) -> Selector {
    let place = match selector.position {
        Some((start, end)) => match (bytes.get(&start), bytes.get(&end)) {
            (Some(start), Some(end)) => Place::Text(Span::new(*start, *end)),
            _ => Place::Text(Span::default()),
        },
        None => selector.place,
    };
    Selector { place, ..selector.clone() }
}

/// From characters, a byte order mark not counted, to bytes; positions behind the end have none.
fn bytes_of(ground: &Ground, positions: impl Iterator<Item = (usize, usize)>) -> BTreeMap<usize, usize> {
    let mut bytes: BTreeMap<usize, usize> = positions.flat_map(|(start, end)| [(start, 0), (end, 0)]).collect();
    let text = ground.text;
    let from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let ends = text[from..].char_indices().map(|(at, _)| from + at).chain([text.len()]);
    let mut ends = ends.enumerate();
    bytes.retain(|position, byte| {
        let found = ends.find(|(number, _)| number == position);
        *byte = found.map_or(0, |(_, at)| at);
        found.is_some()
    });
    bytes
}
