//===-- PropertyList.cpp - Info.plist and entitlements, by insertion ------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/PropertyList.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <pugixml.hpp>

using namespace ringfence;
using namespace ringfence::xcode;
using llvm::StringRef;

struct PropertyList::Document {
  std::string Path;
  std::string Bytes;
  std::size_t Skipped = 0; ///< bytes of the byte order mark
  pugi::xml_document Xml;
  pugi::xml_node Root;

  StringRef bytes() const { return Bytes; }

  /// Offset of the '<' of \p Element in Bytes.
  std::size_t begin(pugi::xml_node Element) const {
    return Skipped + Element.offset_debug() - 1;
  }
  std::size_t end(pugi::xml_node Node) const;
  std::size_t closingTag(pugi::xml_node Element) const;
  StringRef lineEnding() const {
    return bytes().contains("\r\n") ? "\r\n" : "\n";
  }
  /// The blanks in front of \p Offset if nothing else stands on its line.
  std::optional<StringRef> indentation(std::size_t Offset) const;
  pugi::xml_node value(StringRef Key) const;
};

static llvm::Error failure(StringRef Path, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 Path + ": " + Why);
}

/// Offset behind the start tag of \p Element, and whether it is "<x/>".
static std::pair<std::size_t, bool> startTag(StringRef Bytes,
                                             std::size_t Begin) {
  char Quote = 0;
  for (std::size_t I = Begin; I < Bytes.size(); ++I) {
    char C = Bytes[I];
    if (Quote)
      Quote = C == Quote ? 0 : Quote;
    else if (C == '"' || C == '\'')
      Quote = C;
    else if (C == '>')
      return {I + 1, Bytes[I - 1] == '/'};
  }
  return {Bytes.size(), true};
}

static std::size_t behind(StringRef Bytes, StringRef Mark, std::size_t From) {
  std::size_t At = Bytes.find(Mark, From);
  return At == StringRef::npos ? Bytes.size() : At + Mark.size();
}

std::size_t PropertyList::Document::closingTag(pugi::xml_node Element) const {
  pugi::xml_node Last = Element.last_child();
  std::size_t From = Last ? end(Last) : startTag(Bytes, begin(Element)).first;
  std::size_t At = bytes().find("</", From);
  return At == StringRef::npos ? Bytes.size() : At;
}

std::size_t PropertyList::Document::end(pugi::xml_node Node) const {
  std::size_t At = Skipped + Node.offset_debug();
  switch (Node.type()) {
  case pugi::node_pcdata:
    return std::min(bytes().find('<', At), Bytes.size());
  case pugi::node_cdata:
    return behind(Bytes, "]]>", At);
  case pugi::node_comment:
    return behind(Bytes, "-->", At);
  case pugi::node_element: {
    auto [Behind, Empty] = startTag(Bytes, begin(Node));
    return Empty ? Behind : behind(Bytes, ">", closingTag(Node));
  }
  default:
    return behind(Bytes, ">", At);
  }
}

std::optional<StringRef>
PropertyList::Document::indentation(std::size_t Offset) const {
  StringRef Before = bytes().take_front(Offset);
  StringRef Line = Before.substr(Before.find_last_of("\r\n") + 1);
  if (Line.find_first_not_of(" \t") != StringRef::npos)
    return std::nullopt;
  return Line;
}

pugi::xml_node PropertyList::Document::value(StringRef Key) const {
  for (pugi::xml_node N : Root.children("key")) {
    if (Key != N.child_value())
      continue;
    pugi::xml_node V = N.next_sibling();
    while (V && V.type() != pugi::node_element)
      V = V.next_sibling();
    return V;
  }
  return {};
}

PropertyList::PropertyList(std::unique_ptr<Document> D) : D(std::move(D)) {}
PropertyList::PropertyList(PropertyList &&) = default;
PropertyList::~PropertyList() = default;

llvm::Expected<PropertyList> PropertyList::read(StringRef Path,
                                                StringRef Bytes) {
  if (Bytes.starts_with("bplist"))
    return failure(Path, "a binary property list; convert it with "
                         "'plutil -convert xml1'");
  if (Bytes.starts_with("\xFF\xFE") || Bytes.starts_with("\xFE\xFF") ||
      Bytes.take_front(4).contains('\0'))
    return failure(Path, "not UTF-8");
  auto D = std::make_unique<Document>();
  D->Path = Path.str();
  D->Bytes = Bytes.str();
  D->Skipped = Bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  StringRef Content = Bytes.drop_front(D->Skipped);
  if (!Content.ltrim().starts_with("<"))
    return failure(Path, "an old-style property list; convert it with "
                         "'plutil -convert xml1'");
  pugi::xml_parse_result R = D->Xml.load_buffer(
      Content.data(), Content.size(),
      pugi::parse_default | pugi::parse_comments, pugi::encoding_utf8);
  if (!R)
    return failure(Path, llvm::Twine("no property list: ") + R.description() +
                             " at byte " + llvm::Twine(D->Skipped + R.offset));
  pugi::xml_node Plist = D->Xml.child("plist");
  for (pugi::xml_node N : Plist.children())
    if (N.type() == pugi::node_element) {
      D->Root = N;
      break;
    }
  if (StringRef(D->Root.name()) != "dict")
    return failure(Path, "the property list's root is no dictionary");
  return PropertyList(std::move(D));
}

std::optional<std::string> PropertyList::string(StringRef Key) const {
  pugi::xml_node V = D->value(Key);
  if (StringRef(V.name()) != "string")
    return std::nullopt;
  return V.child_value();
}

std::optional<std::vector<std::string>>
PropertyList::strings(StringRef Key) const {
  pugi::xml_node V = D->value(Key);
  if (StringRef(V.name()) != "array")
    return std::nullopt;
  std::vector<std::string> All;
  for (pugi::xml_node N : V.children("string"))
    All.push_back(N.child_value());
  return All;
}

static std::string escaped(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (C == '&')
      Out += "&amp;";
    else if (C == '<')
      Out += "&lt;";
    else if (C == '>')
      Out += "&gt;";
    else
      Out += C;
  }
  return Out;
}

namespace {
/// How the file is laid out.
struct Layout {
  std::string NewLine, Key, Unit;
};
} // namespace

static Layout layoutOf(StringRef NewLine, std::optional<StringRef> Root,
                       std::optional<StringRef> Key) {
  Layout L{NewLine.str(), "", "\t"};
  StringRef Outer = Root.value_or("");
  if (!Key) {
    L.Key = (Outer + L.Unit).str();
    return L;
  }
  L.Key = Key->str();
  if (Key->size() > Outer.size() && Key->starts_with(Outer))
    L.Unit = Key->drop_front(Outer.size()).str();
  else if (!Key->empty())
    L.Unit = Key->str();
  return L;
}

static std::string items(llvm::ArrayRef<std::string> Values, StringRef Indent,
                         StringRef NewLine) {
  std::string Out;
  for (const std::string &V : Values)
    Out += (Indent + "<string>" + escaped(V) + "</string>" + NewLine).str();
  return Out;
}

std::vector<std::string> PropertyList::trueKeys() const {
  std::vector<std::string> Keys;
  for (pugi::xml_node N : D->Root.children("key"))
    if (StringRef("true") == D->value(N.child_value()).name())
      Keys.push_back(N.child_value());
  return Keys;
}

llvm::Expected<std::vector<Edit>>
PropertyList::add(llvm::ArrayRef<ArrayAddition> Additions) const {
  std::vector<pugi::xml_node> Keys(D->Root.children("key").begin(),
                                   D->Root.children("key").end());
  auto NameOf = [](pugi::xml_node N) { return StringRef(N.child_value()); };
  bool Sorted = llvm::is_sorted(
      Keys, [&](auto A, auto B) { return NameOf(A) < NameOf(B); });
  Layout L = layoutOf(D->lineEnding(), D->indentation(D->begin(D->Root)),
                      Keys.empty() ? std::nullopt
                                   : D->indentation(D->begin(Keys.front())));

  // Insertions at one place are joined, in the order of their keys.
  std::vector<ArrayAddition> Wanted(Additions.begin(), Additions.end());
  llvm::stable_sort(Wanted, [](auto &A, auto &B) { return A.Key < B.Key; });
  std::vector<Edit> Edits;
  auto Insert = [&](std::size_t At, std::size_t Length, std::string Text) {
    for (Edit &E : Edits)
      if (E.Offset == At && E.Length == 0 && Length == 0) {
        E.Text += Text;
        return;
      }
    Edits.push_back({D->Path, static_cast<std::uint32_t>(At),
                     static_cast<std::uint32_t>(Length), std::move(Text)});
  };
  // The offset at which a new line may begin before the tag at At.
  auto LineBefore = [&](std::size_t At) {
    std::optional<StringRef> Indent = D->indentation(At);
    return Indent ? At - Indent->size() : At;
  };

  for (const ArrayAddition &A : Wanted) {
    pugi::xml_node V = D->value(A.Key);
    std::vector<std::string> Missing;
    std::vector<std::string> There =
        strings(A.Key).value_or(std::vector<std::string>());
    for (const std::string &Value : A.Values)
      if (!llvm::is_contained(There, Value) &&
          !llvm::is_contained(Missing, Value))
        Missing.push_back(Value);
    if (V && StringRef(V.name()) != "array")
      return failure(D->Path, "'" + A.Key + "' is no array");
    if (Missing.empty())
      continue;
    std::string Inner = L.Key + L.Unit;
    if (V) {
      auto [Behind, Empty] = startTag(D->Bytes, D->begin(V));
      if (Empty) {
        Insert(D->begin(V), Behind - D->begin(V),
               "<array>" + L.NewLine + items(Missing, Inner, L.NewLine) +
                   L.Key + "</array>");
        continue;
      }
      std::size_t Close = D->closingTag(V);
      if (std::optional<StringRef> Indent = D->indentation(Close))
        Insert(Close - Indent->size(), 0, items(Missing, Inner, L.NewLine));
      else // "<array></array>" on one line
        Insert(Close, 0, L.NewLine + items(Missing, Inner, L.NewLine) + L.Key);
      continue;
    }
    std::string Text = L.Key + "<key>" + escaped(A.Key) + "</key>" + L.NewLine +
                       L.Key + "<array>" + L.NewLine +
                       items(Missing, Inner, L.NewLine) + L.Key + "</array>" +
                       L.NewLine;
    auto Next = llvm::find_if(
        Keys, [&](pugi::xml_node K) { return Sorted && NameOf(K) > A.Key; });
    auto [Behind, Empty] = startTag(D->Bytes, D->begin(D->Root));
    if (Next != Keys.end())
      Insert(LineBefore(D->begin(*Next)), 0, Text);
    else if (Empty) { // "<dict/>": opened once, for all keys
      std::string Tail =
          D->indentation(D->begin(D->Root)).value_or("").str() + "</dict>";
      if (!Edits.empty())
        Edits.back().Text.insert(Edits.back().Text.size() - Tail.size(), Text);
      else
        Insert(D->begin(D->Root), Behind - D->begin(D->Root),
               "<dict>" + L.NewLine + Text + Tail);
    } else {
      std::size_t Close = D->closingTag(D->Root);
      bool OwnLine = D->indentation(Close).has_value();
      Insert(LineBefore(Close), 0, OwnLine ? Text : L.NewLine + Text);
    }
  }
  llvm::sort(Edits);
  return Edits;
}

std::vector<Edit> PropertyList::remove(StringRef Key, StringRef Value) const {
  pugi::xml_node V = D->value(Key);
  if (StringRef(V.name()) != "array")
    return {};
  pugi::xml_node First, Last;
  bool Others = false;
  for (pugi::xml_node N : V.children()) {
    bool Is = StringRef(N.name()) == "string" && Value == N.child_value();
    Others |= N.type() == pugi::node_element && !Is;
    if (Is && !First)
      First = Last = N;
  }
  if (!First)
    return {};
  if (!Others) {
    Last = V;
    for (pugi::xml_node N : D->Root.children("key"))
      if (Key == N.child_value())
        First = N;
  }
  std::size_t Begin = D->begin(First), End = D->end(Last);
  // Its lines go where nothing else stands on them.
  std::size_t Behind =
      std::min(D->bytes().find_first_not_of(" \t", End), D->bytes().size());
  std::optional<StringRef> Indent = D->indentation(Begin);
  StringRef Rest = D->bytes().substr(Behind);
  if (Indent && (Rest.starts_with("\n") || Rest.starts_with("\r\n"))) {
    Begin -= Indent->size();
    End = Behind + (Rest.starts_with("\n") ? 1 : 2);
  }
  return {{D->Path, static_cast<std::uint32_t>(Begin),
           static_cast<std::uint32_t>(End - Begin), ""}};
}
