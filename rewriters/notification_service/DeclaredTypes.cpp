//===-- DeclaredTypes.cpp - the types of locals and members ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/DeclaredTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// The class that an Objective-C type points to, or a Swift type without "?".
static StringRef bare(StringRef Type) {
  Type = Type.trim();
  while (Type.ends_with("?") || Type.ends_with("!") || Type.ends_with("*"))
    Type = Type.drop_back().rtrim();
  return Type.take_until([](char C) { return C == '<'; }).trim();
}

std::string DeclaredTypes::member(StringRef Type, StringRef Member) const {
  StringRef Name = bare(Type);
  bool IsSwift = H.language() == Language::Swift;
  if (IsSwift && Name == "UUID" && Member == "uuidString")
    return "String";
  if (IsSwift && Name == "URL" && Member == "absoluteString")
    return "String";
  StringRef Last = Name.substr(Name.rfind('.') + 1);
  std::string Found;
  for (const FunctionSource::TypeRef &T : In.Functions.types(Last)) {
    for (const Property &P : T.T->Properties)
      if (P.Name == Member && Found.empty())
        Found = StringRef(P.Type).trim().str();
    if (!Found.empty()) {
      // A type of Swift that is declared inside the other one.
      std::string Inner = bare(Found).str();
      for (const FunctionSource::TypeRef &N : In.Functions.types(Inner))
        if (IsSwift && N.In == T.In && N.T != T.T &&
            T.T->Where.contains(N.T->Where))
          return (Name + "." + Found).str();
      return Found;
    }
  }
  for (const FunctionRef &F : In.Functions.members(Last, Member))
    if (F.Fn->Parameters.empty() && !F.Fn->ReturnType.empty())
      return F.Fn->ReturnType;
  return "";
}

/// Where \p Sign stands last in \p Text, outside of brackets and strings.
static std::size_t lastOutside(StringRef Text, StringRef Sign) {
  std::size_t Found = StringRef::npos;
  int Depth = 0;
  bool InString = false;
  for (std::size_t I = 0; I != Text.size(); ++I) {
    char C = Text[I];
    if (C == '"' && (I == 0 || Text[I - 1] != '\\'))
      InString = !InString;
    if (InString)
      continue;
    Depth +=
        (C == '(' || C == '[' || C == '{') - (C == ')' || C == ']' || C == '}');
    if (Depth == 0 && Text.substr(I).starts_with(Sign))
      Found = I;
  }
  return Found;
}

/// What "x as? T" casts to, where the text ends in a cast; "" otherwise.
static std::string castIn(StringRef Text, bool &IsOptional) {
  for (StringRef As : {" as? ", " as! ", " as "})
    if (std::size_t At = lastOutside(Text, As); At != StringRef::npos) {
      StringRef Type = Text.drop_front(At + As.size()).trim();
      bool IsName = llvm::all_of(Type, [](char C) {
        return llvm::isAlnum(C) || C == '_' || C == '.' || C == '[' ||
               C == ']' || C == ':' || C == ' ';
      });
      IsOptional = As == " as? ";
      return IsName ? Type.str() : "";
    }
  return "";
}

/// The type of the local \p Name as the statement \p By sees it; one that it
/// unwraps itself may be used further on in it.
std::string DeclaredTypes::named(const Step &By, StringRef Name) const {
  for (const Declaration &D : By.Declares)
    if (D.Name == Name && D.Init.Text != Name)
      return of({D.Name, Local::Kind::Guarded, &D, &By, nullptr});
  for (const Arm &A : By.Arms)
    for (const Declaration &D : A.Declares)
      if (D.Name == Name && D.Init.Text != Name)
        return of({D.Name, Local::Kind::Unwrapped, &D, &By, nullptr});
  std::vector<Local> Locals = localsAt(*H.Fn, levelsAt(*H.Fn, By.Where.Begin));
  for (const Local &L : llvm::reverse(Locals))
    if (L.Name == Name && L.DeclaredBy != &By)
      return of(L);
  return "";
}

std::string DeclaredTypes::ofValue(const Step &By, const Value &V) const {
  StringRef Text = StringRef(V.Text).trim();
  bool IsSwift = H.language() == Language::Swift;
  bool MayFail = false;
  if (IsSwift) {
    if (std::size_t Or = lastOutside(Text, "??"); Or != StringRef::npos) {
      Value Left = V;
      Left.Text = Text.take_front(Or).trim().str();
      Left.Where.End =
          Left.Where.Begin + static_cast<std::uint32_t>(Left.Text.size());
      return bare(ofValue(By, Left)).str();
    }
    bool IsOptional = false;
    if (std::string Cast = castIn(Text, IsOptional); !Cast.empty())
      return Cast + (IsOptional ? "?" : "");
    MayFail = Text.starts_with("try?");
    if (Text.starts_with("\""))
      return "String";
    if (Text == "true" || Text == "false")
      return "Bool";
  }
  if (!Text.empty() &&
      llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_'; }))
    if (std::string Type = named(By, Text); !Type.empty())
      return Type;
  // The call that makes the value ends where the value ends.
  const Call *Made = nullptr;
  forEachCall(By, [&](const Call &C) {
    if (V.Where.contains(C.Where) && C.Where.End == V.Where.End &&
        (!Made || C.Where.contains(Made->Where)))
      Made = &C;
  });
  if (!Made)
    return "";
  std::string Type;
  if (Made->K == Call::Kind::Init && IsSwift) {
    Type = Made->Name;
    MayFail |= Type == "URL" || (Type == "UUID" && !Made->Arguments.empty());
  } else if (Made->K == Call::Kind::PropertyRead) {
    Type = member(named(By, Made->Receiver), Made->Name);
  }
  if (Type.empty())
    for (const FunctionRef &F : In.Functions.callees(*Made, {H.In, H.Fn}))
      if (Type.empty())
        Type = StringRef(F.Fn->ReturnType).trim().str();
  if (!Type.empty() && MayFail && !StringRef(Type).ends_with("?"))
    Type += "?";
  return Type;
}

/// The type of what ".call(let call)" binds, as the enumeration declares it.
std::string DeclaredTypes::ofBound(const Local &L) const {
  const Step &S = *L.DeclaredBy;
  if (H.language() != Language::Swift || S.K != Step::Kind::Branch ||
      S.Branch != Step::BranchKind::Switch)
    return "";
  for (const Arm &A : S.Arms) {
    if (llvm::none_of(A.Declares,
                      [&](const Declaration &D) { return &D == L.D; }))
      continue;
    StringRef Pattern = H.In->Source->text(A.When.Where).trim();
    auto [Case, Bound] = Pattern.split('(');
    std::string Only = ("let " + L.Name + ")");
    if (!Pattern.ends_with(")") || Bound.contains(',') ||
        !Bound.ends_with(Only))
      return "";
    std::string Declares =
        "case " + Case.substr(Case.rfind('.') + 1).trim().str() + "(";
    std::string Found;
    for (const std::string &Path : In.Project.filesWith(Declares)) {
      const File *F = In.Project.file(Path);
      if (!F)
        continue;
      StringRef Bytes = F->Source->bytes();
      std::size_t At = Bytes.find(Declares);
      if (At == StringRef::npos)
        continue;
      StringRef Inside =
          Bytes.drop_front(At + Declares.size()).take_until([](char C) {
            return C == ')' || C == ',';
          });
      StringRef Type =
          Inside.substr(Inside.contains(':') ? Inside.find(':') + 1 : 0);
      if (!Found.empty() || Bytes.find(Declares, At + 1) != StringRef::npos)
        return ""; // several such cases
      Found = Type.trim().str();
    }
    return Found;
  }
  return "";
}

std::string DeclaredTypes::of(const Local &L) const {
  if (L.K == Local::Kind::Parameter) {
    for (const Parameter &P : H.Fn->Parameters)
      if (P.Name == L.Name)
        return StringRef(P.Type).trim().str();
    return "";
  }
  if (!L.D)
    return "";
  std::string Type = StringRef(L.D->Type).trim().str();
  if (Type.empty() && L.K == Local::Kind::Bound)
    return ofBound(L);
  if (Type.empty())
    Type = ofValue(L.SetBy ? *L.SetBy : *L.DeclaredBy, L.value());
  if (L.K == Local::Kind::Unwrapped || L.K == Local::Kind::Guarded)
    return bare(Type).str();
  return Type;
}
