//===-- InboxTest.cpp - messages, cancellations first -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Inbox.h"
#include <gtest/gtest.h>
#include <unistd.h>

using namespace ringfence::lsp;

namespace {

class InboxTest : public ::testing::Test {
protected:
  void SetUp() override {
    int Ends[2];
    ASSERT_EQ(::pipe(Ends), 0);
    Messages = Inbox::open(Ends[0]);
    Editor = Ends[1];
  }
  void TearDown() override { close(); }

  void send(const std::string &Bytes) {
    ASSERT_EQ(::write(Editor, Bytes.data(), Bytes.size()),
              static_cast<ssize_t>(Bytes.size()));
  }
  void close() {
    if (Editor >= 0)
      ::close(Editor);
    Editor = -1;
  }
  static std::string framed(const std::string &Body) {
    return "Content-Length: " + std::to_string(Body.size()) + "\r\n\r\n" + Body;
  }
  /// The method of the next message, "" if there is none any more.
  std::string next() {
    auto Message = Messages->next(std::nullopt);
    return Message ? Message->getAsObject()->getString("method")->str() : "";
  }

  std::shared_ptr<Inbox> Messages;
  int Editor = -1;
};

TEST_F(InboxTest, KnowsACancellationThatComesWithItsRequest) {
  send(framed(R"({"id": 7, "method": "slow"})") +
       framed(R"({"method": "$/cancelRequest", "params": {"id": 7}})") +
       framed(R"({"id": "7", "method": "other"})"));
  EXPECT_EQ(next(), "slow");
  EXPECT_TRUE(Messages->isCancelled(7));
  // A name is no number.
  EXPECT_EQ(next(), "other");
  EXPECT_FALSE(Messages->isCancelled("7"));
  Messages->forget(7);
  EXPECT_FALSE(Messages->isCancelled(7));
  EXPECT_TRUE(Messages->empty());
}

TEST_F(InboxTest, HasAllThatCameInOnePieceAtOnce) {
  send(framed(R"({"method": "a"})") + framed(R"({"method": "b"})"));
  EXPECT_EQ(next(), "a");
  EXPECT_FALSE(Messages->empty());
  EXPECT_EQ(next(), "b");
}

TEST_F(InboxTest, PutsTogetherWhatComesInPieces) {
  std::string Bytes = framed(R"({"method": "a"})") + "\r\n" +
                      "content-type: x\r\n" + framed(R"({"method": "b"})");
  for (char C : Bytes)
    send(std::string(1, C));
  EXPECT_EQ(next(), "a");
  EXPECT_EQ(next(), "b");
}

TEST_F(InboxTest, GoesOnBehindWhatIsNoJson) {
  send(framed("{") + framed(R"({"method": "a"})"));
  EXPECT_EQ(next(), "a");
}

TEST_F(InboxTest, EndsWithTheStream) {
  send(framed(R"({"method": "a"})") + "Content-Length: 99\r\n\r\n{");
  close();
  EXPECT_EQ(next(), "a");
  EXPECT_EQ(next(), "");
  EXPECT_TRUE(Messages->isClosed());
}

} // namespace
