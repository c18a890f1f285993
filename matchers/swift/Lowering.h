//===-- Lowering.h - a function's syntax becomes steps -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One Lowering turns the body of one function into steps. Its parts stand in
/// Statements.cpp, ControlFlow.cpp, Expressions.cpp, Calls.cpp, Patterns.cpp
/// and Conditions.cpp.
///
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_LOWERING_H
#define RINGFENCE_MATCHERS_SWIFT_LOWERING_H

#include "matchers/model/File.h"
#include "matchers/swift/Names.h"
#include "matchers/swift/Operators.h"
#include "matchers/swift/Syntax.h"
#include <map>

namespace ringfence::swift {

/// A pair of braces directly under a node.
struct Block {
  Range Where, Inside;
  Node Statements; ///< null when there are none
};

/// The brace pairs directly under \p N, in order. One that is not closed ends
/// with the node.
std::vector<Block> blocksOf(Node N);

/// The parameters of a function, initialiser or subscript.
std::vector<Parameter> parametersOf(Node Function, const SourceFile &Source);

/// The names that a pattern brings into being. \p Binding: a "let" or "var"
/// further out makes every plain name in it one.
std::vector<std::string> boundNames(Node Pattern, bool Binding,
                                    const SourceFile &Source);

class Lowering {
public:
  /// \p Owner is the type that the function is a member of, or "".
  Lowering(const FileFacts &Facts, llvm::StringRef Owner,
           std::vector<Problem> &Problems)
      : Facts(Facts), Source(Facts.Source), Owner(Owner), Problems(Problems) {}

  void bind(const Parameter &P);
  /// The statements between a function's braces.
  std::vector<Step> body(Node Statements);

private:
  const FileFacts &Facts;
  const SourceFile &Source;
  llvm::StringRef Owner;
  std::vector<Problem> &Problems;
  Scope Names;

  /// What the closure being lowered has shown of itself.
  struct ClosureFacts {
    int HighestShorthand = -1; ///< the n of the highest "$n"
    bool Awaits = false;
  };
  ClosureFacts *InClosure = nullptr;

  // Deeper code than anyone writes is cut off rather than risking the stack.
  static constexpr unsigned MaxDepth = 200;
  unsigned Depth = 0;
  bool SaidTooDeep = false;
  class Nested;
  bool tooDeep(Range Where);

  /// Where calls, closures and names of an expression go: a step's own lists,
  /// or an arm's for what its condition does.
  struct Sink {
    std::vector<Call> &Calls;
    std::vector<Closure> &Closures;
    std::vector<std::string> &Reads, &Writes;
    /// if and switch used as expressions become steps of their own, before
    /// the step that takes their value.
    std::vector<Step> &Hoisted;
  };
  /// What holds for every call inside a part of an expression.
  struct Context {
    bool Conditional = false;
    Call::TryForm Try = Call::TryForm::None;
    bool Awaited = false;
  };
  /// The outcome of an expression.
  struct Operand {
    Value V;
    std::string Type; ///< as bareType makes it, "" if unknown
    bool IsType = false;
    bool Chained = false; ///< an optional chain lets it be skipped
    int CallIndex = -1;   ///< the call or read that it is the result of
  };

  std::vector<StandIn> StandIns; ///< of the leaf being lowered
  /// The first child of \p N, and the bytes of \p N: as the grammar should
  /// have had them.
  Node front(Node N) const;
  Range rangeOf(Node N) const;
  std::string text(Node N) const { return Source.text(rangeOf(N)).str(); }
  std::string text(Range R) const { return Source.text(R).str(); }

  // Statements.cpp
  void statements(llvm::ArrayRef<Child> Nodes, std::vector<Step> &Out);
  void statement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  std::size_t configuration(llvm::ArrayRef<Child> Nodes, std::size_t I,
                            std::vector<Step> &Out);
  void expressionStatement(Node N, std::vector<Step> &Out);
  void assignment(Node N, Step &S, Sink &To);
  void declaration(Node N, std::vector<Step> &Out);
  bool isQuestion(Node N) const;
  void localFunction(Node N, std::vector<Step> &Out);
  void opaque(Node N, std::vector<Step> &Out);
  void transfer(Node N, std::vector<Step> &Out);
  void finish(Step S, std::vector<Step> Hoisted, std::vector<Step> &Out);
  Arm arm(Arm::Kind K, const Block &B);

  // ControlFlow.cpp
  void ifStatement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  void guardStatement(Node N, std::vector<Step> &Out);
  void switchStatement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  void forStatement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  void whileStatement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  void doStatement(Node N, llvm::StringRef Label, std::vector<Step> &Out);
  Arm switchEntry(Node Entry, llvm::StringRef Subject, Step &S,
                  std::vector<Step> &Hoisted);

  // Patterns.cpp
  Condition patternCondition(Range Pattern, llvm::StringRef Subject) const;

  // Conditions.cpp
  Condition conditions(llvm::ArrayRef<Child> Items,
                       std::vector<Declaration> &Declares, Sink &To);
  Condition clause(llvm::ArrayRef<Child> Items,
                   std::vector<Declaration> &Declares, Sink &To);
  Condition question(Node N, Context X, Sink &To);
  Condition question(const Term &T, Context X, Sink &To);
  Condition leafQuestion(Node N, Context X, Sink &To);
  Condition compared(const Term &T, Context X, Sink &To);
  Condition availability(Node N) const;
  Condition asked(Condition::Kind K, Range Where, std::string Name = "") const;
  std::string resolved(Node N) const;

  // Expressions.cpp
  Operand expression(Node N, Context X, Sink &To);
  Operand chained(Node N, Context X, Sink &To);
  Operand term(const Term &T, Context X, Sink &To);
  Operand leaf(Node N, Context X, Sink &To);
  Operand identifier(Node N, Context X, Sink &To);
  Operand memberRead(Node N, Context X, Sink &To);
  Operand closure(Node N, Sink &To);
  Operand selector(Node N);
  Operand plain(Node N, Value::Kind K = Value::Kind::Unknown) const;
  void parts(Node N, Context X, Sink &To);
  std::optional<std::string> path(Node N) const;
  void readPath(llvm::StringRef Path, std::vector<std::string> &Reads) const;
  bool awaitsHidden(Range R) const;

  // Calls.cpp
  Operand call(Node N, Context X, Sink &To);
  Operand namedCall(Node Callee, Node N, bool Optional, Context X, Sink &To);
  Operand memberCall(Node Callee, Node N, bool Optional, Context X, Sink &To);
  Operand construction(Node N, Context X, Sink &To);
  void arguments(Node Suffix, Context X, Sink &To, Call &C);
  /// Of call suffixes that hold trailing closures alone: the one in front, with
  /// the same call's other arguments. By the tree's own address of the node.
  std::map<const void *, Node> Parted;
  Operand add(Call C, Node N, Context X, Sink &To, std::string Type);
  std::string memberType(const Operand &Of, llvm::StringRef Member) const;
  std::string resultType(const Operand &Of, llvm::StringRef Method) const;
};

/// Goes one level down and comes back.
class Lowering::Nested {
public:
  explicit Nested(Lowering &L) : L(L) { ++L.Depth; }
  ~Nested() { --L.Depth; }
  Nested(const Nested &) = delete;
  Nested &operator=(const Nested &) = delete;

private:
  Lowering &L;
};

/// \p R and the comments that stand directly above and behind it on its own
/// lines.
Range withComments(Range R, const FileFacts &Facts);

/// Sorts and drops doubles.
void normalise(std::vector<std::string> &Names);

} // namespace ringfence::swift

#endif
