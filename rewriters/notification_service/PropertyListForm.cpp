//===-- PropertyListForm.cpp - a type's form in property lists ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/PropertyListForm.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// What Swift bridges to property-list objects as it is.
static bool bridges(StringRef Type) {
  static constexpr StringRef Plain[] = {
      "String",       "Substring", "Bool",    "Int",     "Int8",   "Int16",
      "Int32",        "Int64",     "UInt",    "UInt8",   "UInt16", "UInt32",
      "UInt64",       "Double",    "Float",   "CGFloat", "Data",   "Date",
      "TimeInterval", "NSNumber",  "NSString"};
  if (llvm::is_contained(Plain, Type))
    return Type != "Substring";
  if (!Type.consume_front("[") || !Type.consume_back("]"))
    return false;
  auto [Key, Element] = Type.split(':');
  if (Element.empty())
    return Key.trim() == "Any" || bridges(Key.trim());
  return Key.trim() == "String" &&
         (Element.trim() == "Any" || bridges(Element.trim()));
}

std::optional<PropertyListForm>
ringfence::swiftForm(StringRef Type, bool IsOptional, FunctionSource &Project) {
  std::string Member = IsOptional ? "$?." : "$.";
  if (Type == "Any")
    return PropertyListForm{"$", "$"};
  if (bridges(Type))
    return PropertyListForm{"$", "$ as? " + Type.str()};
  if (Type == "UUID")
    return PropertyListForm{Member + "uuidString",
                            "($ as? String).flatMap({ UUID(uuidString: $0) })"};
  if (Type == "URL")
    return PropertyListForm{Member + "absoluteString",
                            "($ as? String).flatMap({ URL(string: $0) })"};
  for (const FunctionSource::TypeRef &T :
       Project.types(Type.substr(Type.rfind('.') + 1)))
    if (T.T->K == ringfence::Type::Kind::Enum && !T.T->Supertypes.empty() &&
        bridges(T.T->Supertypes.front()))
      return PropertyListForm{Member + "rawValue",
                              "($ as? " + T.T->Supertypes.front() +
                                  ").flatMap({ " + Type.str() +
                                  "(rawValue: $0) })"};
  return std::nullopt;
}

std::optional<PropertyListForm> ringfence::objcForm(StringRef Type) {
  for (StringRef Word : {"nullable", "_Nullable", "nonnull", "_Nonnull",
                         "__nullable", "__nonnull", "const"}) {
    Type = Type.trim();
    Type.consume_front(Word);
    Type.consume_back(Word);
  }
  Type = Type.trim();
  if (Type == "id")
    return PropertyListForm{"$", "$"};
  if (Type.consume_back("*")) {
    StringRef Class = Type.take_until([](char C) { return C == '<'; }).trim();
    static constexpr StringRef Plain[] = {
        "NSString", "NSNumber", "NSData", "NSDate", "NSArray", "NSDictionary"};
    if (llvm::is_contained(Plain, Class))
      return PropertyListForm{"$", "$"};
    if (Class == "NSUUID")
      return PropertyListForm{
          "$.UUIDString", "$ ? [[NSUUID alloc] initWithUUIDString:$] : nil"};
    if (Class == "NSURL")
      return PropertyListForm{"$.absoluteString",
                              "$ ? [NSURL URLWithString:$] : nil"};
    return std::nullopt;
  }
  static constexpr std::pair<StringRef, StringRef> Scalars[] = {
      {"BOOL", "boolValue"},
      {"bool", "boolValue"},
      {"NSInteger", "integerValue"},
      {"NSUInteger", "unsignedIntegerValue"},
      {"int", "intValue"},
      {"long", "longValue"},
      {"long long", "longLongValue"},
      {"unsigned int", "unsignedIntValue"},
      {"double", "doubleValue"},
      {"float", "floatValue"},
      {"NSTimeInterval", "doubleValue"},
      {"CGFloat", "doubleValue"},
      {"int64_t", "longLongValue"},
      {"uint64_t", "unsignedLongLongValue"},
      {"int32_t", "intValue"},
      {"uint32_t", "unsignedIntValue"}};
  for (const auto &[Name, Getter] : Scalars)
    if (Type == Name)
      return PropertyListForm{"@($)", "[$ " + Getter.str() + "]"};
  return std::nullopt;
}
