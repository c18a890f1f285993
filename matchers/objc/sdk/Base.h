// What Objective-C sources take for granted: base types and the macros whose
// expansion decides how the rest of a line parses. Part of ringfence.
// Everything else is declared when it is met, so only names whose *kind* or
// *value* matters stand here.

typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long long uint64_t;
typedef long intptr_t;
typedef unsigned long uintptr_t;
typedef unsigned long size_t;
typedef long ssize_t;
typedef long ptrdiff_t;
typedef unsigned char u_char;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef long time_t;
typedef unsigned char Byte;
typedef unsigned char UInt8;
typedef unsigned short UInt16;
typedef unsigned int UInt32;
typedef unsigned long long UInt64;
typedef signed char SInt8;
typedef short SInt16;
typedef int SInt32;
typedef long long SInt64;
typedef unsigned char Boolean;
typedef int OSStatus;
typedef unsigned short unichar;
typedef long NSInteger;
typedef unsigned long NSUInteger;
typedef double CGFloat;
typedef double NSTimeInterval;
typedef double CFTimeInterval;
typedef double CFAbsoluteTime;
typedef long CFIndex;
typedef long NSComparisonResult;
typedef __builtin_va_list va_list;
typedef signed char BOOL;

#define YES __objc_yes
#define NO __objc_no
#ifndef __cplusplus
#define bool _Bool
#define true ((bool)1)
#define false ((bool)0)
#endif
#define TRUE 1
#define FALSE 0
#define NULL ((void *)0)
#define nil ((id)0)
#define Nil ((Class)0)
#define va_start(a, l) __builtin_va_start(a, l)
#define va_end(a) __builtin_va_end(a)
#define va_arg(a, t) __builtin_va_arg(a, t)
#define va_copy(d, s) __builtin_va_copy(d, s)

#define INT_MAX 0x7fffffff
#define NSIntegerMax __LONG_MAX__
#define NSUIntegerMax (__LONG_MAX__ * 2UL + 1UL)
#define NSNotFound __LONG_MAX__
#define NSEC_PER_SEC 1000000000ull
#define NSEC_PER_MSEC 1000000ull
#define USEC_PER_SEC 1000000ull
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) < (b) ? (b) : (a))
#define ABS(a) ((a) < 0 ? -(a) : (a))

// Which platform the sources are built for: an iPhone, today's SDK.
#undef TARGET_OS_IPHONE
#undef TARGET_OS_IOS
#undef TARGET_OS_MAC
#undef TARGET_OS_SIMULATOR
#undef TARGET_IPHONE_SIMULATOR
#undef TARGET_OS_OSX
#undef TARGET_OS_TV
#undef TARGET_OS_WATCH
#undef TARGET_OS_MACCATALYST
#undef TARGET_OS_EMBEDDED
#undef TARGET_OS_VISION
#define TARGET_OS_IPHONE 1
#define TARGET_OS_IOS 1
#define TARGET_OS_MAC 1
#define TARGET_OS_EMBEDDED 1
#define TARGET_OS_SIMULATOR 0
#define TARGET_IPHONE_SIMULATOR 0
#define TARGET_OS_OSX 0
#define TARGET_OS_TV 0
#define TARGET_OS_WATCH 0
#define TARGET_OS_VISION 0
#define TARGET_OS_MACCATALYST 0
#define __IPHONE_8_0 80000
#define __IPHONE_9_0 90000
#define __IPHONE_10_0 100000
#define __IPHONE_11_0 110000
#define __IPHONE_12_0 120000
#define __IPHONE_13_0 130000
#define __IPHONE_14_0 140000
#define __IPHONE_15_0 150000
#define __IPHONE_16_0 160000
#define __IPHONE_17_0 170000
#define __IPHONE_18_0 180000
#define __IPHONE_26_0 260000
#define __IPHONE_26_4 260400
#define __IPHONE_OS_VERSION_MAX_ALLOWED 260400
#ifndef __IPHONE_OS_VERSION_MIN_REQUIRED
#define __IPHONE_OS_VERSION_MIN_REQUIRED 130000
#endif

// Annotations that would stop the parser.
#define IBOutlet
#define IBAction void
#define IBInspectable
#define IB_DESIGNABLE
#define IBOutletCollection(...)
#define NS_ASSUME_NONNULL_BEGIN
#define NS_ASSUME_NONNULL_END
#define NS_DESIGNATED_INITIALIZER
#define NS_REQUIRES_SUPER
#define NS_REQUIRES_NIL_TERMINATION
#define NS_UNAVAILABLE
#define UNAVAILABLE_ATTRIBUTE
#define NS_RETURNS_RETAINED
#define NS_RETURNS_INNER_POINTER
#define NS_INLINE static inline
#define NS_FORMAT_FUNCTION(...)
#define NS_FORMAT_ARGUMENT(...)
#define NS_SWIFT_NAME(...)
#define NS_SWIFT_UNAVAILABLE(...)
#define NS_REFINED_FOR_SWIFT
#define NS_NOESCAPE
#define NS_VALID_UNTIL_END_OF_SCOPE
#define NS_DEPRECATED(...)
#define NS_DEPRECATED_IOS(...)
#define NS_AVAILABLE(...)
#define NS_AVAILABLE_IOS(...)
#define NS_CLASS_AVAILABLE_IOS(...)
#define NS_EXTENSION_UNAVAILABLE_IOS(...)
#define NS_SUPPRESS_DIRECT_ACTION
#define API_AVAILABLE(...)
#define API_UNAVAILABLE(...)
#define API_DEPRECATED(...)
#define API_DEPRECATED_WITH_REPLACEMENT(...)
#define DEPRECATED_ATTRIBUTE
#define DEPRECATED_MSG_ATTRIBUTE(...)
#define __deprecated
#define __deprecated_msg(...)
#define __unused
#define __used
#define __OSX_AVAILABLE_STARTING(...)
#define OBJC_EXPORT extern
#define OBJC_EXTERN extern
#define FOUNDATION_EXPORT extern
#define FOUNDATION_EXTERN extern
#define UIKIT_EXTERN extern
#define CF_EXPORT extern
#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
#define NS_ENUM(type, name)                                                    \
  type name;                                                                   \
  enum
#define NS_CLOSED_ENUM(type, name)                                             \
  type name;                                                                   \
  enum
#define NS_OPTIONS(type, name)                                                 \
  type name;                                                                   \
  enum
#define CF_ENUM(type, name)                                                    \
  type name;                                                                   \
  enum
#define CF_OPTIONS(type, name)                                                 \
  type name;                                                                   \
  enum
#define NS_ERROR_ENUM(domain, name)                                            \
  NSInteger name;                                                              \
  enum
#define NS_STRING_ENUM
#define NS_TYPED_ENUM
#define NS_EXTENSIBLE_STRING_ENUM
#define NS_TYPED_EXTENSIBLE_ENUM

// React Native's bridge: the macro's argument is a method's head.
#define RCT_EXPORT_MODULE(...)
#define RCT_EXPORT_METHOD(head) -(void)head
#define RCT_REMAP_METHOD(name, head) -(void)head
#define RCT_EXPORT_BLOCKING_SYNCHRONOUS_METHOD(head) -(id)head
#define RCT_EXTERN_MODULE(...)
#define RCT_EXTERN_METHOD(...)
#define RCT_EXPORT_VIEW_PROPERTY(...)

// libextobjc: "@weakify(self)" needs a statement behind its at sign.
#define weakify(...)                                                           \
  autoreleasepool {}
#define strongify(...)                                                         \
  autoreleasepool {}
#define unsafeify(...)                                                         \
  autoreleasepool {}
