//===-- Calls.cpp - calls, and what can be known of their receivers -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;

std::string Lowering::memberType(const Operand &Of,
                                 llvm::StringRef Member) const {
  llvm::StringRef Known = Facts.propertyType(Of.Type, Member);
  if (!Known.empty())
    return bareType(Known);
  return Of.IsType && isSingletonName(Member) ? Of.Type : "";
}

std::string Lowering::resultType(const Operand &Of,
                                 llvm::StringRef Method) const {
  llvm::StringRef Known = Facts.returnType(Of.Type, Method);
  if (!Known.empty())
    return bareType(Known);
  return Of.IsType && isSingletonName(Method) ? Of.Type : "";
}

Lowering::Operand Lowering::add(Call C, Node N, Context X, Sink &To,
                                std::string Type) {
  C.Where = rangeOf(N);
  C.Conditional = X.Conditional;
  C.Try = X.Try;
  C.Awaited = X.Awaited;
  if (C.Awaited && InClosure)
    InClosure->Awaits = true;
  Operand O = plain(N, Value::Kind::Call);
  O.Chained = C.OptionalChain;
  O.Type = std::move(Type);
  O.CallIndex = static_cast<int>(To.Calls.size());
  O.V.CallIndex = O.CallIndex;
  To.Calls.push_back(std::move(C));
  return O;
}

void Lowering::arguments(Node Suffix, Context X, Sink &To, Call &C) {
  if (auto It = Parted.find(Suffix.raw().id); It != Parted.end())
    arguments(It->second, X, To, C);
  std::string Label;
  for (const Child &K : Suffix.children()) {
    if (K.N.is("value_arguments")) {
      for (const Child &A : K.N.children()) {
        if (A.N.isError()) {
          parts(A.N, X, To);
          continue;
        }
        if (!A.N.is("value_argument"))
          continue;
        Argument Arg;
        Node V = A.N.field("value");
        for (const Child &P : A.N.children())
          if (P.N.is("value_argument_label"))
            Arg.Label = llvm::StringRef(text(P.N)).trim('`').str();
        if (!V)
          continue; // "f(a:b:)" names a function
        Arg.V = expression(V, X, To).V;
        C.Arguments.push_back(std::move(Arg));
      }
    } else if (K.N.is("simple_identifier")) {
      Label = text(K.N);
    } else if (K.N.is("lambda_literal")) {
      Argument Arg;
      Arg.Label = std::exchange(Label, "");
      Arg.V = closure(K.N, To).V;
      C.Arguments.push_back(std::move(Arg));
    }
  }
}

/// Functions of C and macros of logging libraries whose names begin with a
/// capital like a type's.
static bool isCapitalFunction(llvm::StringRef Name) {
  return Name.ends_with("Log") || Name.starts_with("DDLog") ||
         llvm::StringSwitch<bool>(Name)
             .Cases("NSLocalizedString", "NSClassFromString",
                    "NSStringFromClass", "NSSelectorFromString", true)
             .Cases("NSStringFromSelector", "NSHomeDirectory",
                    "NSTemporaryDirectory", "UIApplicationMain", true)
             .Default(false) ||
         Name.starts_with("SecItem") || Name.starts_with("SecKey") ||
         Name.starts_with("AudioServices") ||
         Name.starts_with("NSSearchPath") || Name.starts_with("UIGraphics") ||
         Name.starts_with("CFNotificationCenter") ||
         Name.starts_with("CGRectMake");
}

Lowering::Operand Lowering::call(Node N, Context X, Sink &To) {
  Nested Guard(*this);
  if (tooDeep(N.range()))
    return plain(N);
  auto Children = N.children();
  Node Callee = front(N);
  Node Suffix = N.child("call_suffix");
  bool Optional = Children.size() > 2 && Children[1].N.is("?");

  // "!(a == b)" and "!f()" come as calls of "!" and of "!f".
  if (Callee.is("bang")) {
    parts(Suffix.firstNamed(), X, To);
    return plain(N);
  }
  bool Negated = false;
  while (Callee.is("prefix_expression") &&
         !Callee.children().front().N.is(".")) {
    Callee = Callee.children().back().N;
    Negated = true;
  }
  // "let a = f(x) { }" comes as a call, with the closure, of what "f(x)" is.
  Node Inner = Callee.child("call_suffix");
  if (Callee.is("call_expression") && !Optional &&
      Suffix.child("lambda_literal") && !Suffix.child("value_arguments") &&
      Inner.child("value_arguments") && !Inner.child("lambda_literal")) {
    Parted[Suffix.raw().id] = Inner;
    auto Inside = Callee.children();
    Optional = Inside.size() > 2 && Inside[1].N.is("?");
    Callee = front(Callee);
  }
  auto Done = [&](Operand O) {
    if (Negated)
      O.V.K = Value::Kind::Unknown;
    return O;
  };

  if (Suffix.child("value_arguments").children().size() &&
      Suffix.child("value_arguments").children().front().N.is("[")) {
    Operand On = chained(Callee, X, To);
    Call C;
    C.K = Call::Kind::Subscript;
    C.Name = "subscript";
    C.NameRange = Suffix.range();
    C.Receiver = text(Callee);
    C.ReceiverType = On.Type;
    C.ReceiverCall = On.CallIndex;
    C.OnType = On.IsType;
    C.OptionalChain = On.Chained || Optional;
    arguments(Suffix, X, To, C);
    return Done(add(std::move(C), N, X, To, ""));
  }
  if (Callee.is("simple_identifier"))
    return Done(namedCall(Callee, N, Optional, X, To));
  if (Callee.is("navigation_expression") && Callee.field("suffix"))
    return Done(memberCall(Callee, N, Optional, X, To));

  Call C;
  if (Callee.is("prefix_expression")) {
    // ".generic(x)", ".init(x)": of a type that only the compiler knows.
    Node Name = Callee.children().back().N;
    C.K = Source.text(Name.range()) == "init" ? Call::Kind::Init
                                              : Call::Kind::Method;
    C.Name = text(Name);
    C.NameRange = Name.range();
    C.OnType = true;
    arguments(Suffix, X, To, C);
    return add(std::move(C), N, X, To, "");
  }
  if (Callee.is("array_literal") || Callee.is("dictionary_literal")) {
    C.K = Call::Kind::Init; // "[String]()"
    C.Name = text(Callee);
    C.NameRange = Callee.range();
    C.OnType = true;
    arguments(Suffix, X, To, C);
    std::string Type = C.Name;
    return add(std::move(C), N, X, To, Type);
  }
  // A closure that is called where it stands, or the result of something.
  Operand On = chained(Callee, X, To);
  C.K = Call::Kind::ClosureCall;
  C.NameRange = Callee.range();
  C.Receiver = On.V.K == Value::Kind::Closure ? "" : text(Callee);
  C.ReceiverCall = On.CallIndex;
  C.OptionalChain = On.Chained || Optional;
  if (On.V.K == Value::Kind::Closure)
    C.Arguments.push_back({"", On.V});
  arguments(Suffix, X, To, C);
  return Done(add(std::move(C), N, X, To, ""));
}

/// "f(x)", "Type(x)", "completion()".
Lowering::Operand Lowering::namedCall(Node Callee, Node N, bool Optional,
                                      Context X, Sink &To) {
  Call C;
  C.Name = llvm::StringRef(text(Callee)).trim('`').str();
  C.NameRange = Callee.range();
  C.OptionalChain = Optional;
  std::string Type;
  Node Suffix = N.child("call_suffix");
  if (const Binding *B = Names.find(C.Name)) {
    C.K = B->IsFunction ? Call::Kind::Function : Call::Kind::ClosureCall;
    To.Reads.push_back(C.Name);
  } else if (isClosureType(Facts.propertyType(Owner, C.Name)) ||
             (Optional && !looksLikeType(C.Name))) {
    C.K = Call::Kind::ClosureCall;
    C.OnSelf = true;
    C.ReceiverType = Owner.str();
    To.Reads.push_back(C.Name);
  } else if (looksLikeType(C.Name) && !isCapitalFunction(C.Name) &&
             !Facts.hasFunction("", C.Name) &&
             !Facts.hasFunction(Owner, C.Name)) {
    C.K = Call::Kind::Init;
    C.OnType = true;
    C.ReceiverType = C.Name;
    Type = C.Name;
  } else {
    C.K = Call::Kind::Function;
    if (!Owner.empty() && Facts.hasFunction(Owner, C.Name)) {
      C.OnSelf = true;
      C.ReceiverType = Owner.str();
      Type = bareType(Facts.returnType(Owner, C.Name));
    } else {
      Type = bareType(Facts.returnType("", C.Name));
    }
  }
  arguments(Suffix, X, To, C);
  return add(std::move(C), N, X, To, std::move(Type));
}

/// "receiver.f(x)", "Type.f(x)", "super.f(x)", "Type.init(x)".
Lowering::Operand Lowering::memberCall(Node Callee, Node N, bool Optional,
                                       Context X, Sink &To) {
  auto Children = Callee.children();
  Node Target = front(Callee);
  Node Name = Callee.field("suffix").field("suffix");
  bool Chain = Children.size() > 2 && Children[1].N.is("?");
  while (Target.is("prefix_expression") && !Target.children().front().N.is("."))
    Target = Target.children().back().N;

  Operand On =
      Target.is("super_expression") ? plain(Target) : chained(Target, X, To);
  if (Target.is("self_expression") && !To.Reads.empty() &&
      To.Reads.back() == "self")
    To.Reads.pop_back(); // "self.f()" does not hand self to anyone

  Call C;
  C.Name = llvm::StringRef(text(Name)).trim('`').str();
  C.NameRange = Name.range();
  C.Receiver = text({rangeOf(Target).Begin,
                     Chain ? Children[1].N.range().End : Target.range().End});
  C.ReceiverType = On.Type;
  C.ReceiverCall = On.CallIndex;
  C.OnSelf = Target.is("self_expression");
  C.OnSuper = Target.is("super_expression");
  C.OnType = On.IsType;
  C.OptionalChain = On.Chained || Chain || Optional;
  C.K = Call::Kind::Method;
  std::string Type = resultType(On, C.Name);
  if (C.Name == "init") {
    C.K = Call::Kind::Init;
    if (On.IsType)
      C.Name = Type = On.Type;
  } else if (On.IsType && looksLikeType(C.Name)) {
    C.K = Call::Kind::Init; // a nested type
    Type = C.Name;
  } else if (isClosureType(Facts.propertyType(On.Type, C.Name))) {
    C.K = Call::Kind::ClosureCall;
  }
  arguments(N.child("call_suffix"), X, To, C);
  return add(std::move(C), N, X, To, std::move(Type));
}

/// "Box<Int>(x)": what only a type can be.
Lowering::Operand Lowering::construction(Node N, Context X, Sink &To) {
  Node Type = N.children().front().N;
  llvm::StringRef Written = Source.text(Type.range());
  Node Suffix = N.child("constructor_suffix");
  Call C;
  C.K = Call::Kind::Init;
  llvm::StringRef Bare = Written.take_until([](char Ch) { return Ch == '<'; });
  if (Type.is("user_type") && Bare.contains('.')) {
    C.Receiver = Bare.rsplit('.').first.str();
    C.Name = Bare.rsplit('.').second.trim().str();
  } else {
    C.Name = (Type.is("user_type") ? Bare.trim() : Written).str();
  }
  C.NameRange = Type.range();
  C.OnType = true;
  C.ReceiverType = C.Name;
  // The grammar takes some "name { }" for this, too.
  if (Type.is("user_type") && !looksLikeType(C.Name)) {
    C.K = Names.find(C.Name) ? Call::Kind::ClosureCall : Call::Kind::Function;
    C.OnType = false;
    C.ReceiverType.clear();
  }
  arguments(Suffix, X, To, C);
  std::string Made = C.OnType ? C.Name : "";
  return add(std::move(C), N, X, To, std::move(Made));
}
