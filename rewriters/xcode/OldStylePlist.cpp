//===-- OldStylePlist.cpp - reads NeXT's property lists -------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/OldStylePlist.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace ringfence::xcode;
using llvm::StringRef;

const PlistValue *PlistValue::find(StringRef Key) const {
  auto At = Entries.find(std::string_view(Key));
  return At == Entries.end() ? nullptr : At->second.get();
}

StringRef PlistValue::string(StringRef Key) const {
  const PlistValue *V = find(Key);
  return V ? StringRef(V->Text) : StringRef();
}

std::vector<StringRef> PlistValue::strings(StringRef Key) const {
  const PlistValue *V = find(Key);
  std::vector<StringRef> All;
  if (V && V->K == Kind::String)
    All.push_back(V->Text);
  else if (V)
    for (const PlistValue &Item : V->Items)
      if (Item.K == Kind::String)
        All.push_back(Item.Text);
  return All;
}

namespace {

class Parser {
public:
  Parser(StringRef Path, StringRef Bytes) : Path(Path), Bytes(Bytes) {}

  llvm::Expected<PlistValue> parse() {
    Bytes.consume_front("\xEF\xBB\xBF");
    PlistValue V;
    if (value(V, 0) && (skip(), At != Bytes.size()))
      fail("something stands behind the list");
    if (!Why.empty())
      return llvm::createStringError(
          std::errc::invalid_argument, "%s:%u: %s", Path.str().c_str(),
          unsigned(Bytes.take_front(At).count('\n') + 1), Why.c_str());
    return std::move(V);
  }

private:
  bool fail(const char *Text) {
    if (Why.empty())
      Why = Text;
    return false;
  }

  /// Passes blanks and comments.
  void skip() {
    while (At < Bytes.size()) {
      StringRef Rest = Bytes.drop_front(At);
      if (llvm::isSpace(Rest.front()))
        ++At;
      else if (Rest.starts_with("//"))
        At += Rest.take_until([](char C) { return C == '\n'; }).size();
      else if (Rest.starts_with("/*"))
        At = std::min(Bytes.find("*/", At + 2), Bytes.size() - 2) + 2;
      else
        return;
    }
  }

  bool take(char C) {
    skip();
    if (At == Bytes.size() || Bytes[At] != C)
      return false;
    ++At;
    return true;
  }

  static bool isWordByte(char C) {
    return llvm::isAlnum(C) || StringRef("_$+/:.-~@").contains(C);
  }

  bool word(std::string &Out) {
    skip();
    if (At < Bytes.size() && (Bytes[At] == '"' || Bytes[At] == '\''))
      return quoted(Out, Bytes[At++]);
    StringRef Word = Bytes.drop_front(At).take_while(isWordByte);
    At += Word.size();
    Out = Word.str();
    return !Word.empty() || fail("a string is expected");
  }

  bool quoted(std::string &Out, char Quote) {
    for (; At < Bytes.size(); ++At) {
      char C = Bytes[At];
      if (C == Quote) {
        ++At;
        return true;
      }
      if (C != '\\') {
        Out += C;
        continue;
      }
      if (++At == Bytes.size())
        break;
      escape(Out);
    }
    return fail("a string does not end");
  }

  /// What follows a backslash; stays on its last byte.
  void escape(std::string &Out) {
    char C = Bytes[At];
    unsigned Code = 0;
    if (StringRef Octal = Bytes.substr(At, 3);
        Octal.size() == 3 && !Octal.getAsInteger(8, Code) && Code < 256) {
      Out += static_cast<char>(Code);
      At += 2;
    } else if (C == 'U' && At + 4 < Bytes.size() &&
               !Bytes.substr(At + 1, 4).getAsInteger(16, Code)) {
      char Utf8[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
      char *End = Utf8;
      if (llvm::ConvertCodePointToUTF8(Code, End))
        Out.append(Utf8, End);
      At += 4;
    } else {
      Out += C == 'n' ? '\n' : C == 't' ? '\t' : C == 'r' ? '\r' : C;
    }
  }

  bool value(PlistValue &V, unsigned Depth) {
    constexpr unsigned MaxDepth = 64; // projects nest some six levels
    if (Depth == MaxDepth)
      return fail("the list nests too deep");
    if (take('{')) {
      V.K = PlistValue::Kind::Dictionary;
      while (!take('}')) {
        std::string Key;
        auto Entry = std::make_unique<PlistValue>();
        if (!word(Key))
          return false;
        if (!take('='))
          return fail("'=' is expected");
        if (!value(*Entry, Depth + 1))
          return false;
        if (!take(';'))
          return fail("';' is expected");
        V.Entries[std::move(Key)] = std::move(Entry);
      }
      return true;
    }
    if (take('(')) {
      V.K = PlistValue::Kind::Array;
      while (!take(')')) {
        if (!value(V.Items.emplace_back(), Depth + 1))
          return false;
        if (!take(',')) {
          if (!take(')'))
            return fail("',' or ')' is expected");
          return true;
        }
      }
      return true;
    }
    if (take('<')) {
      std::size_t End = Bytes.find('>', At);
      V.Text = Bytes.slice(At, End).str();
      if (End == StringRef::npos || !llvm::all_of(V.Text, [](char C) {
            return llvm::isHexDigit(C) || llvm::isSpace(C);
          }))
        return fail("data is made of hexadecimal digits");
      At = End + 1;
      return true;
    }
    return word(V.Text);
  }

  StringRef Path, Bytes;
  std::size_t At = 0;
  std::string Why;
};

} // namespace

llvm::Expected<PlistValue>
ringfence::xcode::parseOldStylePlist(StringRef Path, StringRef Bytes) {
  return Parser(Path, Bytes).parse();
}
