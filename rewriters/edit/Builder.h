//===-- Builder.h - makes the edits of one file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_BUILDER_H
#define RINGFENCE_REWRITERS_EDIT_BUILDER_H

#include "matchers/model/File.h"
#include "rewriters/edit/FixSet.h"
#include "rewriters/edit/Style.h"
#include <string>
#include <vector>

namespace ringfence {

/// Collects edits of one file in terms of the model: statements go before or
/// after a step, to the head of an arm, to the end of a function.
///
/// New text is given in *template form*: lines end in "\n", each tab at a
/// line's head is one level of indentation relative to where the lines go. The
/// builder lays it out in the file's own indentation, braces and line ends.
/// A placement that would have to edit the expansion of a macro changes
/// nothing and returns false.
class Builder {
public:
  explicit Builder(const File &In);

  const File &file() const { return In; }
  const Style &style() const { return S; }

  /// \p Lines on lines of their own in front of \p Before and its comments.
  bool insertBefore(const Step &Before, llvm::StringRef Lines);
  /// \p Lines behind \p After, and behind a comment on its last line.
  bool insertAfter(const Step &After, llvm::StringRef Lines);
  /// \p Lines as the first statements of arm \p A of \p Of. An arm on one line
  /// is spread over several; one without braces gets them.
  bool insertAtHead(const Step &Of, const Arm &A, llvm::StringRef Lines);
  /// \p Lines as the first, or last, statements of \p F.
  bool insertAtHead(const Function &F, llvm::StringRef Lines);
  bool insertAtEnd(const Function &F, llvm::StringRef Lines);
  /// \p Lines as the last statements of arm \p A of \p Of, which gets braces if
  /// it has none, or of the closure \p C of \p Of.
  bool insertAtEnd(const Step &Of, const Arm &A, llvm::StringRef Lines);
  bool insertAtEnd(const Step &Of, const Closure &C, llvm::StringRef Lines);
  /// The one statement \p Line in front of \p Before on the same line, if that
  /// is a short one on which other code stands too, as in "{ return }".
  bool insertInLine(const Step &Before, llvm::StringRef Line);
  /// An else that holds \p Lines for an if that has none, or a default for
  /// such a switch.
  bool addElse(const Step &Branch, llvm::StringRef Lines);

  /// \p Lines as a new member at the end of \p T, a blank line in front.
  void insertMember(const Type &T, llvm::StringRef Lines);
  /// \p Lines as a new member behind the function \p F, a blank line between.
  /// A line "$BODY" in them stands for \p Body, lines that are taken as they
  /// are.
  void insertMemberAfter(const Function &F, llvm::StringRef Lines,
                         llvm::StringRef Body = "");
  /// Imports the framework \p Module beside the other imports, in the file's
  /// own way, unless the file imports it already.
  void importModule(llvm::StringRef Module);

  /// Takes \p Gone away with its comments, and its line if nothing else stands
  /// on it.
  bool remove(const Step &Gone);

  /// Any other edit; \p Text is taken as it is.
  void replace(Range R, std::string Text);
  void insert(std::uint32_t Offset, std::string Text) {
    replace({Offset, Offset}, std::move(Text));
  }

  llvm::StringRef text(Range R) const { return In.Source->text(R); }
  /// Indentation of the line on which byte \p Offset stands.
  llvm::StringRef indentation(std::uint32_t Offset) const {
    return In.Source->indentation(Offset);
  }
  /// \p Template laid out with \p Base and this file's unit and line ends.
  std::string layOut(llvm::StringRef Template, llvm::StringRef Base) const;

  /// The lines of \p Text behind the first, \p By columns further to the right
  /// where they are aligned with something in the first; \p Base is the
  /// indentation of the statement.
  std::string shifted(llvm::StringRef Text, std::size_t By,
                      llvm::StringRef Base) const;

  /// Takes \p R away, and with it every edit made inside of it before.
  void cut(Range R);
  bool empty() const { return Edits.empty(); }
  /// The edits so far, sorted, identical ones once. Empties the builder.
  std::vector<Edit> take();

  /// Writes this file's edits and content hash into \p Set.
  void addTo(FixSet &Set);

private:
  llvm::StringRef indentationBeside(const Step &S) const;
  std::uint32_t lineStart(std::uint32_t Offset) const;
  std::uint32_t nextLine(std::uint32_t Offset) const;
  bool sameLine(std::uint32_t A, std::uint32_t B) const;
  bool isFirstOnLine(std::uint32_t Offset) const;
  bool isLastOnLine(std::uint32_t Offset) const;
  bool isBlankLine(unsigned Line) const;
  std::uint32_t skipSpaceAndComments(std::uint32_t Offset) const;
  std::uint32_t endWithComment(const Step &St) const;
  std::uint32_t bodyStart(const Step &Of, const Arm &A) const;
  bool isBraced(const Arm &A) const;
  bool insertInBraces(Range Braces, llvm::StringRef Base,
                      const std::vector<Step> &Steps, llvm::StringRef Lines,
                      bool AtHead);
  bool insertInCase(const Arm &A, llvm::StringRef Lines);
  bool wrap(const Step &Of, const Arm &A, llvm::StringRef Head,
            llvm::StringRef Tail = "");

  const File &In;
  llvm::StringRef Bytes;
  Style S;
  std::vector<Edit> Edits;
};

} // namespace ringfence

#endif
