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

/// The function that \p Caller's statement stands in hands the result of a call
/// of \p Name on.
static bool returnsResultOf(StringRef Name, const Function &Caller) {
  bool Found = false;
  for (const Step &S : Caller.Steps)
    forEachStep(S, [&](const Step &Inner) {
      if (Inner.K == Step::Kind::Exit)
        for (const Call &C : Inner.Calls)
          Found |= C.Name == Name;
    });
  return Found;
}

/// Swift: \p Name stands in \p In for the method itself, whose type must fit
/// then.
static bool isUsedAsValue(StringRef Name, const File &In) {
  StringRef Bytes = In.Source->bytes();
  for (const struct Word &W :
       words(Bytes, {0, static_cast<std::uint32_t>(Bytes.size())},
             Language::Swift)) {
    if (W.Text != Name || W.IsLabel || W.After == '(')
      continue;
    // A parameter of that label: "didReceive call: Call".
    if (llvm::any_of(In.Functions, [&](const Function &F) {
          return F.Head.contains(W.Where);
        }))
      continue;
    // A property of that name is another thing, and so is setting it.
    StringRef Before = Bytes.take_front(W.Where.Begin);
    StringRef Behind = Bytes.substr(W.Where.End).ltrim(" \t");
    StringRef Keyword = Before.rtrim(" \t");
    bool IsSet = Behind.starts_with("=") && !Behind.starts_with("==");
    if (Keyword.ends_with("var") || Keyword.ends_with("let") || IsSet ||
        Behind.starts_with("?(") || Behind.starts_with("!("))
      continue;
    bool IsSelector = Before
                          .rtrim("._0123456789"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                          .ends_with("#selector(");
    if (!IsSelector)
      return true;
  }
  return false;
}

/// Files that may hold the name of \p F, by path.
static std::vector<const File *> filesNaming(const Function &F,
                                             const ProposeInput &In) {
  StringRef Word = StringRef(F.Name).split(':').first;
  std::vector<std::string> Paths = In.Project.filesWith(Word);
  llvm::sort(Paths);
  std::vector<const File *> Out;
  for (const std::string &Path : Paths)
    if (const File *File = In.Project.file(Path))
      Out.push_back(File);
  return Out;
}

/// Why other code would no longer fit; "" if it would.
static std::string misfits(FunctionRef F, const ProposeInput &In) {
  const std::string Name = "'" + F.Fn->Name + "'";
  for (FunctionRef Other : In.Functions.named(F.Fn->Name))
    if (Other.Fn != F.Fn && Other.Fn->IsOverride &&
        Other.Fn->Labels == F.Fn->Labels)
      return Name + " is overridden";
  StringRef Word = StringRef(F.Fn->Name).split(':').first;
  for (const File *File : filesNaming(*F.Fn, In)) {
    if (!isSwift(*File))
      continue;
    if (isUsedAsValue(Word, *File))
      return Name + " is used as a value";
    for (const Function &Caller : File->Functions)
      if (returnsNothing(Caller) && returnsResultOf(F.Fn->Name, Caller))
        return "a function that returns nothing returns the result of " + Name;
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

/// "static void show(Call *call)": the type stands in front of the name.
static std::string changeC(FunctionRef F, const ProposeInput &In,
                           Builders &Files) {
  const std::string Name = F.Fn->Name;
  const std::string Unclear =
      "'" + Name + "' has a head that is not understood";
  bool Changed = false;
  for (const File *File : filesNaming(*F.Fn, In)) {
    if (isSwift(*File))
      continue;
    StringRef Bytes = File->Source->bytes();
    for (size_t At = Bytes.find(Name + "("); At != StringRef::npos;
         At = Bytes.find(Name + "(", At + 1)) {
      StringRef Before = Bytes.take_front(At).rtrim();
      size_t Type = Before.size() - StringRef("void").size();
      if (At == 0 || Before.size() == At || !Before.ends_with("void") ||
          (Type > 0 && (llvm::isAlnum(Bytes[Type - 1]) ||
                        Bytes[Type - 1] == '_' || Bytes[Type - 1] == '(')))
        continue;
      // Another file's function of that name is static, and another one.
      if (File != F.In && Bytes.take_front(Type).rtrim().ends_with("static"))
        continue;
      Files.of(*File).replace({static_cast<std::uint32_t>(Type),
                               static_cast<std::uint32_t>(Before.size())},
                              "BOOL");
      Changed |= File == F.In;
    }
  }
  return Changed ? "" : Unclear;
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

/// Changes what protocols of the project say of \p F, and finds the others that
/// they ask for the same.
static std::string changeProtocols(FunctionRef F, StringRef Says,
                                   const ProposeInput &In, Builders &Files,
                                   std::vector<FunctionRef> &Alike) {
  std::vector<std::string> Asking;
  for (const File *File : filesNaming(*F.Fn, In)) {
    for (const Type &T : File->Types) {
      if (T.K != Type::Kind::Protocol)
        continue;
      if (!isSwift(*File)) {
        std::vector<Declared> Here = declarationsIn(*File, T, F.Fn->Name);
        for (const Declared &D : Here)
          Files.of(*File).replace(D.Result, "(BOOL)");
        if (!Here.empty())
          Asking.push_back(T.Name);
        continue;
      }
      const Function *Required = nullptr;
      for (const Function &R : File->Functions)
        if (R.Owner == T.Name && R.Name == F.Fn->Name &&
            R.Labels == F.Fn->Labels && R.Body.empty() &&
            T.Inside.contains(R.Where))
          Required = &R;
      if (Required) {
        std::string Why = changeSwift({File, Required}, Says, Files.of(*File));
        if (!Why.empty())
          return Why;
        Asking.push_back(T.Name);
      } else if (isSwift(*F.In) && File->Source->text(T.Where).contains(
                                       ("func " + F.Fn->Name + "("))) {
        return "the protocol " + T.Name + " declares '" + F.Fn->Name + "'";
      }
    }
  }
  if (Asking.empty())
    return "";
  for (FunctionRef Other : In.Functions.named(F.Fn->Name))
    if (Other.Fn != F.Fn && !Other.Fn->Body.empty() &&
        Other.Fn->Labels == F.Fn->Labels && returnsNothing(*Other.Fn)) {
      if (isSwift(*Other.In) != isSwift(*F.In))
        return "a protocol of another language asks for '" + F.Fn->Name + "'";
      Alike.push_back(Other);
    }
  return "";
}

BoolResult ringfence::addBoolResult(FunctionRef F, StringRef Says,
                                    const ProposeInput &In, Builders &Files) {
  const Function &Fn = *F.Fn;
  const std::string Name = "'" + Fn.Name + "'";
  bool IsPlain =
      Fn.K == Function::Kind::Method || Fn.K == Function::Kind::Function;
  if (!IsPlain || !returnsNothing(Fn))
    return {Name + " returns something already"};
  if (Fn.IsAsync || Fn.Throws || Fn.IsOverride || Fn.HasErrors)
    return {Name + " is async, throws, overrides another or could not be read"};
  BoolResult Out{misfits(F, In)};
  if (Out.WhyNot.empty() && Fn.K == Function::Kind::Method)
    Out.WhyNot = changeProtocols(F, Says, In, Files, Out.Alike);
  if (!Out.WhyNot.empty())
    return Out;
  if (isSwift(*F.In))
    Out.WhyNot = changeSwift(F, Says, Files.of(*F.In));
  else if (Fn.K == Function::Kind::Function)
    Out.WhyNot = changeC(F, In, Files);
  else
    Out.WhyNot = changeObjC(F, In, Files);
  return Out;
}
