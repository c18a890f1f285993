//===-- Dump.cpp - the model as text, for tests and debugging -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/Dump.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Source text on one line, runs of white space as one blank.
std::string flat(StringRef Text) {
  std::string S;
  for (char C : Text.trim()) {
    if (!llvm::isSpace(C))
      S += C;
    else if (!S.empty() && S.back() != ' ')
      S += ' ';
  }
  return S;
}

StringRef word(Call::Kind K) {
  switch (K) {
  case Call::Kind::Function:
    return "function";
  case Call::Kind::Method:
    return "method";
  case Call::Kind::Init:
    return "init";
  case Call::Kind::ClosureCall:
    return "closure-call";
  case Call::Kind::PropertyRead:
    return "read";
  case Call::Kind::PropertyWrite:
    return "write";
  case Call::Kind::Subscript:
    return "subscript";
  case Call::Kind::Macro:
    return "macro";
  }
  return "";
}

StringRef word(Condition::Kind K) {
  switch (K) {
  case Condition::Kind::And:
    return "and";
  case Condition::Kind::Or:
    return "or";
  case Condition::Kind::Not:
    return "not";
  case Condition::Kind::PushType:
    return "push-type";
  case Condition::Kind::OSVersion:
    return "os";
  case Condition::Kind::MustReport:
    return "must-report";
  case Condition::Kind::AppState:
    return "app-state";
  case Condition::Kind::Flag:
    return "flag";
  case Condition::Kind::NonNil:
    return "non-nil";
  case Condition::Kind::Equal:
    return "equal";
  case Condition::Kind::Constant:
    return "constant";
  case Condition::Kind::Other:
    return "other";
  }
  return "";
}

StringRef word(Arm::Kind K) {
  switch (K) {
  case Arm::Kind::Then:
    return "then";
  case Arm::Kind::Else:
    return "else";
  case Arm::Kind::Case:
    return "case";
  case Arm::Kind::Default:
    return "default";
  case Arm::Kind::Body:
    return "body";
  case Arm::Kind::Catch:
    return "catch";
  case Arm::Kind::Finally:
    return "finally";
  case Arm::Kind::Conditional:
    return "conditional";
  }
  return "";
}

std::string word(const Step &S) {
  switch (S.K) {
  case Step::Kind::Do:
    return "do";
  case Step::Kind::Declare:
    return "declare";
  case Step::Kind::Branch:
    switch (S.Branch) {
    case Step::BranchKind::If:
      return "if";
    case Step::BranchKind::Guard:
      return "guard";
    case Step::BranchKind::Switch:
      return "switch";
    }
    break;
  case Step::Kind::Loop:
    switch (S.Loop) {
    case Step::LoopKind::While:
      return "while";
    case Step::LoopKind::RepeatWhile:
      return "repeat-while";
    case Step::LoopKind::For:
      return "for";
    }
    break;
  case Step::Kind::Exit:
    switch (S.Exit) {
    case Step::ExitKind::Return:
      return "return";
    case Step::ExitKind::Throw:
      return "throw";
    case Step::ExitKind::Break:
      return "break";
    case Step::ExitKind::Continue:
      return "continue";
    case Step::ExitKind::Goto:
      return "goto";
    case Step::ExitKind::Fallthrough:
      return "fallthrough";
    }
    break;
  case Step::Kind::Defer:
    return "defer";
  case Step::Kind::Try:
    return "try";
  case Step::Kind::Scope:
    return "scope";
  case Step::Kind::Configuration:
    return "configuration";
  case Step::Kind::Opaque:
    return "opaque";
  case Step::Kind::LocalFunction:
    return "local-function";
  }
  return "";
}

StringRef word(Type::Kind K) {
  switch (K) {
  case Type::Kind::Class:
    return "class";
  case Type::Kind::Struct:
    return "struct";
  case Type::Kind::Enum:
    return "enum";
  case Type::Kind::Actor:
    return "actor";
  case Type::Kind::Protocol:
    return "protocol";
  case Type::Kind::Extension:
    return "extension";
  case Type::Kind::Interface:
    return "interface";
  case Type::Kind::Implementation:
    return "implementation";
  }
  return "";
}

std::string parameters(const std::vector<Parameter> &Ps) {
  std::string S = "(";
  for (const Parameter &P : Ps) {
    if (S.size() > 1)
      S += ", ";
    if (!P.Label.empty())
      S += P.Label + " ";
    S += P.Name + ": " + flat(P.Type);
    if (P.IsClosure)
      S += P.IsEscaping ? " [escaping closure]" : " [closure]";
  }
  return S + ")";
}

class Dumper {
public:
  explicit Dumper(DumpOptions O) : O(O), OS(Text) {}
  std::string take() { return std::move(Text); }

  void file(const File &F) {
    if (O.Types) {
      for (const std::string &I : F.Imports)
        line() << "import " << I << '\n';
      for (const Type &T : F.Types)
        type(T);
      for (const Property &P : F.Globals)
        property("global", P);
    }
    for (const Function &Fn : F.Functions)
      function(Fn);
    for (const Handler &H : F.Handlers)
      handler(F, H);
    for (const Registration &R : F.Registrations) {
      line() << "registration in " << R.Function << " queue=" << flat(R.Queue)
             << " delegate=" << flat(R.Delegate)
             << (R.SetsTypes ? " sets-types" : "") << (R.HasVoIP ? " voip" : "")
             << '\n';
    }
    for (const Problem &P : F.Problems)
      line() << "problem " << P.Line << ": " << P.Message << '\n';
  }

  void function(const Function &Fn) {
    line() << "function " << Fn.Symbol << ' ' << parameters(Fn.Parameters);
    if (!Fn.ReturnType.empty() && Fn.ReturnType != "void")
      OS << " -> " << flat(Fn.ReturnType);
    OS << (Fn.IsStatic ? " static" : "") << (Fn.IsAsync ? " async" : "")
       << (Fn.Throws ? " throws" : "") << (Fn.HasErrors ? " errors" : "");
    if (!Fn.Isolation.empty())
      OS << " @" << Fn.Isolation;
    range(Fn.Where);
    OS << '\n';
    nested([&] { steps(Fn.Steps); });
  }

private:
  DumpOptions O;
  std::string Text;
  llvm::raw_string_ostream OS;
  unsigned Depth = 0;

  llvm::raw_ostream &line() { return OS.indent(Depth * 2); }
  template <typename F> void nested(F Print) {
    ++Depth;
    Print();
    --Depth;
  }
  void range(Range R) {
    if (O.Ranges)
      OS << " [" << R.Begin << ',' << R.End << ')';
  }

  void property(StringRef What, const Property &P) {
    line() << What << ' ' << P.Name << ": " << flat(P.Type);
    if (!P.Initializer.empty())
      OS << " = " << flat(P.Initializer);
    OS << (P.IsStatic ? " static" : "") << (P.IsWeak ? " weak" : "")
       << (P.IsLazy ? " lazy" : "") << (P.IsComputed ? " computed" : "")
       << (P.HasObservers ? " observed" : "") << '\n';
  }

  void type(const Type &T) {
    line() << word(T.K) << ' ' << T.Name;
    if (!T.Supertypes.empty())
      OS << " : " << llvm::join(T.Supertypes, ", ");
    range(T.Where);
    OS << '\n';
    nested([&] {
      for (const Property &P : T.Properties)
        property("property", P);
    });
  }

  void handler(const File &F, const Handler &H) {
    line() << "handler ";
    if (H.FunctionIndex < F.Functions.size())
      OS << F.Functions[H.FunctionIndex].Symbol;
    OS << ' ' << nameOf(H.S) << (H.IsAsync ? " async" : "");
    auto Role = [&](StringRef Name, const std::string &V) {
      if (!V.empty())
        OS << ' ' << Name << '=' << V;
    };
    Role("registry", H.Registry);
    Role("payload", H.Payload);
    Role("type", H.PushType);
    Role("metadata", H.Metadata);
    Role("completion", H.Completion);
    OS << '\n';
  }

  void steps(const std::vector<Step> &Ss) {
    for (const Step &S : Ss)
      step(S);
  }

  void step(const Step &S) {
    line() << word(S);
    if (!S.Label.empty())
      OS << ' ' << S.Label;
    range(S.Where);
    for (const Declaration &D : S.Declares) {
      OS << ' ' << D.Name << ": " << (D.Type.empty() ? "?" : flat(D.Type));
      if (D.Init.K != Value::Kind::Unknown || !D.Init.Text.empty())
        OS << " = " << dump(D.Init);
    }
    for (const Assignment &A : S.Assigns)
      OS << ' ' << A.Target << " := " << dump(A.V);
    if (S.Result.K != Value::Kind::Unknown || !S.Result.Text.empty())
      OS << " result " << dump(S.Result);
    OS << (S.HasElse ? " has-else" : "") << (S.InMacro ? " in-macro" : "")
       << '\n';
    nested([&] {
      callsAndClosures(S.Calls, S.Closures);
      for (const Arm &A : S.Arms)
        arm(A);
    });
  }

  void arm(const Arm &A) {
    line() << word(A.K);
    bool Plain = A.When.K == Condition::Kind::Other && A.When.Text.empty();
    if (!Plain)
      OS << ' ' << dump(A.When);
    range(A.Where);
    for (const Declaration &D : A.Declares)
      OS << " binds " << D.Name;
    OS << (A.FallsThrough ? " falls-through" : "") << '\n';
    nested([&] {
      callsAndClosures(A.Calls, A.Closures);
      steps(A.Steps);
    });
  }

  void callsAndClosures(const std::vector<Call> &Calls,
                        const std::vector<Closure> &Closures) {
    for (const auto &[I, C] : llvm::enumerate(Calls))
      line() << '#' << I << ' ' << dump(C) << '\n';
    for (const auto &[I, C] : llvm::enumerate(Closures)) {
      line() << "closure " << I << ' ' << parameters(C.Parameters);
      if (!C.CaptureList.empty())
        OS << " [" << llvm::join(C.CaptureList, ", ") << ']';
      OS << (C.IsAsync ? " async" : "");
      range(C.Where);
      OS << '\n';
      nested([&] { steps(C.Steps); });
    }
  }
};

} // namespace

std::string ringfence::dump(const Value &V) {
  switch (V.K) {
  case Value::Kind::Unknown:
    return ("?" + llvm::Twine(flat(V.Text))).str();
  case Value::Kind::Parameter:
    return ("param " + llvm::Twine(V.Name)).str();
  case Value::Kind::Local:
    return ("local " + llvm::Twine(V.Name)).str();
  case Value::Kind::Member:
    return ("member " + llvm::Twine(V.Name)).str();
  case Value::Kind::Closure:
    return ("closure " + llvm::Twine(llvm::itostr(V.ClosureIndex))).str();
  case Value::Kind::Selector:
    return ("selector " + llvm::Twine(V.Name)).str();
  case Value::Kind::Literal:
    return flat(V.Text);
  case Value::Kind::Nil:
    return "nil";
  case Value::Kind::Call:
    return ("#" + llvm::Twine(llvm::itostr(V.CallIndex))).str();
  }
  return "";
}

std::string ringfence::dump(const Call &C) {
  std::string S = word(C.K).str() + ' ' + C.Name + '(';
  for (const auto &[I, A] : llvm::enumerate(C.Arguments)) {
    if (I)
      S += ", ";
    if (!A.Label.empty())
      S += A.Label + ": ";
    S += dump(A.V);
  }
  S += ')';
  if (C.ReceiverCall >= 0)
    S += " on #" + llvm::itostr(C.ReceiverCall);
  else if (!C.Receiver.empty())
    S += " on " + flat(C.Receiver);
  if (!C.ReceiverType.empty())
    S += " <" + C.ReceiverType + '>';
  S += C.OnSelf ? " self" : "";
  S += C.OnSuper ? " super" : "";
  S += C.OnType ? " type" : "";
  S += C.Conditional ? " conditional" : "";
  S += C.OptionalChain ? " optional" : "";
  switch (C.Try) {
  case Call::TryForm::None:
    break;
  case Call::TryForm::Try:
    S += " try";
    break;
  case Call::TryForm::TryOptional:
    S += " try?";
    break;
  case Call::TryForm::TryForced:
    S += " try!";
    break;
  }
  return S + (C.Awaited ? " await" : "");
}

std::string ringfence::dump(const Condition &C) {
  std::string S = word(C.K).str();
  switch (C.K) {
  case Condition::Kind::And:
  case Condition::Kind::Or:
  case Condition::Kind::Not:
    S += '(';
    for (const auto &[I, O] : llvm::enumerate(C.Operands))
      S += (I ? ", " : "") + dump(O);
    return S + ')';
  case Condition::Kind::OSVersion:
    return S + ' ' + llvm::itostr(C.Major) + '.' + llvm::itostr(C.Minor);
  case Condition::Kind::MustReport:
    return S;
  case Condition::Kind::PushType:
  case Condition::Kind::AppState:
  case Condition::Kind::Flag:
  case Condition::Kind::Constant:
    return S + ' ' + C.Name;
  case Condition::Kind::NonNil:
    return S + ' ' + flat(C.Name.empty() ? C.Text : C.Name);
  case Condition::Kind::Equal:
    return S + ' ' + C.Name + " to " + flat(C.Text);
  case Condition::Kind::Other:
    return S + ' ' + flat(C.Text);
  }
  return S;
}

std::string ringfence::dump(const Function &Fn, DumpOptions Options) {
  Dumper D(Options);
  D.function(Fn);
  return D.take();
}

std::string ringfence::dump(const File &F, DumpOptions Options) {
  Dumper D(Options);
  D.file(F);
  return D.take();
}
