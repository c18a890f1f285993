//===-- BoolResult.cpp - gives a function a Boolean result --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/BoolResult.h"
#include "rewriters/callkit/TypeNames.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {
/// A method declaration of an @interface or @protocol, as text.
struct Declared {
  std::string Selector;
  Range Result; ///< "(void)", with its parentheses
};
} // namespace

/// The bytes from an opening parenthesis at \p Begin to behind its partner.
static size_t behindParentheses(StringRef Text, size_t Begin) {
  int Depth = 0;
  for (size_t I = Begin; I < Text.size(); ++I) {
    Depth += Text[I] == '(' ? 1 : Text[I] == ')' ? -1 : 0;
    if (Depth == 0)
      return I + 1;
  }
  return StringRef::npos;
}

/// Reads the method head that begins with its sign at \p Begin.
static std::optional<Declared> methodAt(StringRef Bytes, size_t Begin) {
  size_t At = Bytes.find_first_not_of(" \t", Begin + 1);
  if (At == StringRef::npos || Bytes[At] != '(')
    return std::nullopt;
  size_t End = behindParentheses(Bytes, At);
  if (End == StringRef::npos)
    return std::nullopt;
  Declared D;
  D.Result = {static_cast<std::uint32_t>(At), static_cast<std::uint32_t>(End)};
  std::string First;
  for (size_t I = End; I < Bytes.size();) {
    char C = Bytes[I];
    if (C == ';' || C == '{')
      break;
    if (C == '(') {
      I = behindParentheses(Bytes, I);
      if (I == StringRef::npos)
        return std::nullopt;
      continue;
    }
    if (!llvm::isAlnum(C) && C != '_' && C != ':') {
      ++I;
      continue;
    }
    StringRef Name = Bytes.substr(I).take_while(
        [](char Part) { return llvm::isAlnum(Part) || Part == '_'; });
    if (First.empty())
      First = Name.str();
    I += Name.size();
    if (I < Bytes.size() && Bytes[I] == ':') {
      D.Selector += (Name + ":").str();
      ++I;
    }
  }
  if (D.Selector.empty())
    D.Selector = First;
  return D;
}

/// The declarations of \p Selector between the head and the end of \p T.
static std::vector<Declared> declarationsIn(const File &In, const Type &T,
                                            StringRef Selector) {
  std::vector<Declared> Out;
  const SourceFile &Source = *In.Source;
  for (unsigned Line = Source.line(T.Where.Begin);
       Line <= Source.line(T.Where.End); ++Line) {
    StringRef Text = Source.lineText(Line);
    size_t Sign = Text.find_first_not_of(" \t");
    if (Sign == StringRef::npos || (Text[Sign] != '-' && Text[Sign] != '+'))
      continue;
    if (auto D = methodAt(Source.bytes(), Source.lineBegin(Line) + Sign);
        D && D->Selector == Selector)
      Out.push_back(*D);
  }
  return Out;
}

static bool isSwift(const File &F) {
  return F.Source->language() == Language::Swift;
}

static bool returnsNothing(const Function &F) {
  std::string Type = F.ReturnType;
  llvm::erase_if(Type, llvm::isSpace);
  return Type.empty() || Type == "void" || Type == "Void" || Type == "()";
}

/// Why other code would no longer fit; "" if it would.
static std::string misfits(FunctionRef F, const ProposeInput &In) {
  const std::string Name = "'" + F.Fn->Name + "'";
  for (FunctionRef Other : In.Functions.named(F.Fn->Name))
    if (Other.Fn != F.Fn && Other.Fn->IsOverride &&
        Other.Fn->Labels == F.Fn->Labels)
      return Name + " is overridden";
  StringRef Word = StringRef(F.Fn->Name).split(':').first;
  std::vector<std::string> Paths = In.Project.filesWith(Word);
  llvm::sort(Paths);
  for (const std::string &Path : Paths) {
    const File *File = In.Project.file(Path);
    if (!File)
      continue;
    for (const Type &T : File->Types) {
      if (T.K != Type::Kind::Protocol)
        continue;
      bool Declares = isSwift(*File)
                          ? File->Source->text(T.Where).contains(
                                ("func " + Word + "(").str())
                          : !declarationsIn(*File, T, F.Fn->Name).empty();
      if (Declares)
        return "the protocol " + T.Name + " declares " + Name;
    }
    if (!isSwift(*File))
      continue;
    // A method that is handed over as a value has a type that must fit.
    for (const struct Word &W :
         words(File->Source->bytes(),
               {0, static_cast<std::uint32_t>(File->Source->bytes().size())},
               Language::Swift)) {
      if (W.Text != Word || W.IsLabel || W.After == '(')
        continue;
      StringRef Before = File->Source->text({0, W.Where.Begin});
      bool IsSelector = Before
                            .rtrim("._0123456789"
                                   "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                            .ends_with("#selector(");
      if (!IsSelector)
        return Name + " is used as a value";
    }
    for (const Function &Caller : File->Functions)
      for (const Step &S : Caller.Steps) {
        bool Returned = false;
        forEachStep(S, [&](const Step &Inner) {
          if (Inner.K != Step::Kind::Exit)
            return;
          for (const Call &C : Inner.Calls)
            Returned |= C.Name == F.Fn->Name;
        });
        if (Returned)
          return "a function that returns nothing returns the result of " +
                 Name;
      }
  }
  return "";
}

static void documentResult(FunctionRef F, StringRef Says, Builder &B,
                           StringRef More) {
  const SourceFile &Source = *F.In->Source;
  std::string Indent = Source.indentation(F.Fn->Where.Begin).str();
  const std::string &End = B.style().LineEnding;
  std::string Text = "/// - Returns: " + Says.str() + End + Indent;
  // A description of its own comes first.
  unsigned Line = Source.line(F.Fn->Where.Begin);
  bool Documented =
      Line > 1 && (Source.lineText(Line - 1).ltrim().starts_with("///") ||
                   Source.lineText(Line - 1).rtrim().ends_with("*/"));
  if (Documented && Source.lineText(Line - 1).ltrim().starts_with("///"))
    Text = "///" + End + Indent + Text;
  B.insert(F.Fn->Where.Begin, Text + More.str());
}

static std::string changeSwift(FunctionRef F, StringRef Says, Builder &B) {
  const Function &Fn = *F.Fn;
  StringRef Head = F.In->Source->text(Fn.Head);
  if (Head.contains(" where "))
    return "'" + Fn.Name + "' has a generic where clause";
  std::uint32_t End =
      Fn.Head.Begin + static_cast<std::uint32_t>(Head.rtrim().size());
  if (Fn.ReturnType.empty()) {
    B.insert(End, " -> Bool");
  } else {
    size_t Arrow = Head.rfind("->");
    if (Arrow == StringRef::npos)
      return "'" + Fn.Name + "' has a head that is not understood";
    B.replace({Fn.Head.Begin + static_cast<std::uint32_t>(Arrow), End},
              "-> Bool");
  }
  documentResult(F, Says, B,
                 "@discardableResult" + B.style().LineEnding +
                     F.In->Source->indentation(Fn.Where.Begin).str());
  return "";
}

static std::string changeObjC(FunctionRef F, const ProposeInput &In,
                              Builders &Files) {
  const Function &Fn = *F.Fn;
  auto Head = methodAt(F.In->Source->bytes(), Fn.Where.Begin);
  if (!Head || Head->Selector != Fn.Name)
    return "'" + Fn.Name + "' has a head that is not understood";
  Files.of(*F.In).replace(Head->Result, "(BOOL)");
  auto Declarations = declarationsOf(Fn.Owner, *F.In, In.Functions);
  std::vector<std::string> Headers =
      In.Project.filesWith("@interface " + Fn.Owner);
  llvm::sort(Headers);
  for (const std::string &Path : Headers)
    if (const File *H = In.Project.file(Path))
      for (const Type &T : H->Types)
        if (T.Name == Fn.Owner)
          Declarations.push_back({H, &T});
  for (auto [H, T] : Declarations)
    if (!isSwift(*H) && T->K != Type::Kind::Implementation)
      for (const Declared &D : declarationsIn(*H, *T, Fn.Name))
        Files.of(*H).replace(D.Result, "(BOOL)");
  return "";
}

std::string ringfence::addBoolResult(FunctionRef F, StringRef Says,
                                     const ProposeInput &In, Builders &Files) {
  const Function &Fn = *F.Fn;
  const std::string Name = "'" + Fn.Name + "'";
  bool IsPlain =
      Fn.K == Function::Kind::Method || Fn.K == Function::Kind::Function;
  if (!IsPlain || !returnsNothing(Fn))
    return Name + " returns something already";
  if (Fn.IsAsync || Fn.Throws || Fn.IsOverride || Fn.HasErrors)
    return Name + " is async, throws, overrides another or could not be read";
  if (std::string Why = misfits(F, In); !Why.empty())
    return Why;
  return isSwift(*F.In) ? changeSwift(F, Says, Files.of(*F.In))
                        : changeObjC(F, In, Files);
}
