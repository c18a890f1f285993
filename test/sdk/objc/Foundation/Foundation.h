// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of Foundation and its runtime.

#pragma once

#ifdef APPLICATION_EXTENSION
#define NS_EXTENSION_UNAVAILABLE_IOS(message)                                  \
  __attribute__((unavailable(message)))
#else
#define NS_EXTENSION_UNAVAILABLE_IOS(message)
#endif
#define NS_ASSUME_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define NS_ASSUME_NONNULL_END _Pragma("clang assume_nonnull end")
#define NS_ENUM(type, name)                                                    \
  enum name : type name;                                                       \
  enum name : type
#define NS_OPTIONS(type, name)                                                 \
  enum name : type name;                                                       \
  enum __attribute__((flag_enum)) name : type
#define NS_DESIGNATED_INITIALIZER __attribute__((objc_designated_initializer))
#define NS_UNAVAILABLE __attribute__((unavailable))
#define NS_REQUIRES_SUPER __attribute__((objc_requires_super))
#define API_AVAILABLE(...)
#define API_DEPRECATED(...)
#define NS_SWIFT_NAME(name)
#define YES ((BOOL)1)
#define NO ((BOOL)0)
#ifdef __cplusplus
#define nil nullptr
#else
#define nil ((void *)0)
#endif
#define Nil ((Class)0)
#define NULL ((void *)0)

typedef signed char BOOL;
typedef unsigned char uint8_t;
typedef unsigned int uint32_t;
typedef int int32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
typedef unsigned long size_t;
typedef long NSInteger;
typedef unsigned long NSUInteger;
typedef double NSTimeInterval;
typedef double CGFloat;
typedef struct _NSZone NSZone;
typedef struct _NSRange {
  NSUInteger location, length;
} NSRange;
#define NSNotFound ((NSInteger)0x7fffffffffffffffL)

typedef struct {
  unsigned long state;
  id __unsafe_unretained *itemsPtr;
  unsigned long *mutationsPtr;
  unsigned long extra[5];
} NSFastEnumerationState;

@class NSString, NSArray<ObjectType>, NSDictionary<KeyType, ObjectType>,
    NSMutableDictionary<KeyType, ObjectType>, NSDate, NSData, NSError, NSURL,
    NSNumber, NSUUID, NSMethodSignature, NSInvocation, NSLocale;

NS_ASSUME_NONNULL_BEGIN

@protocol NSObject
- (BOOL)isEqual:(nullable id)object;
- (BOOL)isKindOfClass:(Class)aClass;
- (BOOL)respondsToSelector:(SEL)selector;
- (BOOL)conformsToProtocol:(Protocol *)protocol;
@property(readonly) NSUInteger hash;
@property(readonly, copy) NSString *description;
- (nullable id)performSelector:(SEL)selector;
@end

@protocol NSCopying
@end
@protocol NSMutableCopying
@end
@protocol NSSecureCoding
@end
@protocol NSFastEnumeration
- (NSUInteger)countByEnumeratingWithState:(NSFastEnumerationState *)state
                                  objects:(id __unsafe_unretained _Nullable[_Nonnull])buffer
                                    count:(NSUInteger)length;
@end

__attribute__((objc_root_class)) @interface NSObject <NSObject>
+ (instancetype)alloc;
+ (instancetype)new;
+ (Class)class;
- (Class)class;
- (instancetype)init;
- (void)dealloc;
#if !__has_feature(objc_arc)
- (instancetype)retain;
- (oneway void)release;
- (instancetype)autorelease;
#endif
- (id)copy;
- (id)mutableCopy;
- (void)performSelector:(SEL)selector
             withObject:(nullable id)object
             afterDelay:(NSTimeInterval)delay;
@end

typedef NS_ENUM(NSInteger, NSComparisonResult) {
  NSOrderedAscending = -1,
  NSOrderedSame,
  NSOrderedDescending
};
typedef NSComparisonResult (^NSComparator)(id one, id other);
typedef NS_OPTIONS(NSUInteger, NSStringCompareOptions) {
  NSCaseInsensitiveSearch = 1
};
typedef NSUInteger NSStringEncoding;
enum { NSUTF8StringEncoding = 4 };

@interface NSString : NSObject <NSCopying, NSMutableCopying>
@property(readonly) NSUInteger length;
@property(readonly) NSInteger integerValue;
@property(readonly) BOOL boolValue;
@property(readonly) double doubleValue;
@property(readonly, copy) NSString *lowercaseString;
@property(nullable, readonly) const char *UTF8String;
+ (instancetype)string;
+ (instancetype)stringWithFormat:(NSString *)format, ...
    __attribute__((format(__NSString__, 1, 2)));
- (nullable instancetype)initWithData:(NSData *)data
                             encoding:(NSStringEncoding)encoding;
- (BOOL)isEqualToString:(NSString *)string;
- (NSComparisonResult)compare:(NSString *)string;
- (BOOL)hasPrefix:(NSString *)string;
- (NSString *)stringByAppendingString:(NSString *)string;
- (NSString *)stringByAppendingPathComponent:(NSString *)string;
- (NSArray<NSString *> *)componentsSeparatedByString:(NSString *)separator;
- (nullable NSData *)dataUsingEncoding:(NSStringEncoding)encoding;
@end

NSString *NSHomeDirectory(void);

@interface NSConstantString : NSString
@end

@interface NSMutableString : NSString
- (void)appendString:(NSString *)string;
- (void)appendFormat:(NSString *)format, ...
    __attribute__((format(__NSString__, 1, 2)));
@end

@interface NSNumber : NSObject <NSCopying>
@property(readonly) BOOL boolValue;
@property(readonly) int intValue;
@property(readonly) NSInteger integerValue;
@property(readonly) NSUInteger unsignedIntegerValue;
@property(readonly) double doubleValue;
@property(readonly, copy) NSString *stringValue;
+ (NSNumber *)numberWithBool:(BOOL)value;
+ (NSNumber *)numberWithChar:(char)value;
+ (NSNumber *)numberWithInt:(int)value;
+ (NSNumber *)numberWithUnsignedInt:(unsigned int)value;
+ (NSNumber *)numberWithLong:(long)value;
+ (NSNumber *)numberWithUnsignedLong:(unsigned long)value;
+ (NSNumber *)numberWithLongLong:(long long)value;
+ (NSNumber *)numberWithUnsignedLongLong:(unsigned long long)value;
+ (NSNumber *)numberWithDouble:(double)value;
+ (NSNumber *)numberWithFloat:(float)value;
+ (NSNumber *)numberWithInteger:(NSInteger)value;
+ (NSNumber *)numberWithUnsignedInteger:(NSUInteger)value;
@end

@interface NSArray<__covariant ObjectType>
    : NSObject <NSCopying, NSMutableCopying, NSFastEnumeration>
@property(readonly) NSUInteger count;
@property(nullable, readonly) ObjectType firstObject;
@property(nullable, readonly) ObjectType lastObject;
+ (instancetype)array;
+ (instancetype)arrayWithObjects:(const ObjectType _Nonnull[_Nullable])objects
                           count:(NSUInteger)count;
+ (nullable instancetype)arrayWithContentsOfFile:(NSString *)path;
- (ObjectType)objectAtIndexedSubscript:(NSUInteger)index;
- (NSArray<ObjectType> *)sortedArrayUsingComparator:
    (NSComparisonResult(__attribute__((noescape)) ^)(ObjectType one,
                                                     ObjectType other))compare;
- (BOOL)containsObject:(ObjectType)object;
- (BOOL)writeToFile:(NSString *)path atomically:(BOOL)atomically;
- (void)enumerateObjectsUsingBlock:
    (void(__attribute__((noescape)) ^)(ObjectType object, NSUInteger index,
                                       BOOL *stop))block;
@end

@interface NSMutableArray<ObjectType> : NSArray <ObjectType>
- (void)addObject:(ObjectType)object;
- (void)removeAllObjects;
@end

@interface NSSet<__covariant ObjectType> : NSObject <NSFastEnumeration>
@property(readonly) NSUInteger count;
+ (instancetype)setWithObject:(ObjectType)object;
+ (instancetype)setWithArray:(NSArray<ObjectType> *)array;
- (BOOL)containsObject:(ObjectType)object;
@end

@interface NSDictionary<__covariant KeyType, __covariant ObjectType>
    : NSObject <NSCopying, NSMutableCopying, NSFastEnumeration>
@property(readonly) NSUInteger count;
@property(readonly, copy) NSArray<KeyType> *allKeys;
@property(readonly, copy) NSArray<ObjectType> *allValues;
+ (instancetype)dictionary;
+ (instancetype)
    dictionaryWithObjects:(const ObjectType _Nonnull[_Nullable])objects
                  forKeys:(const id<NSCopying> _Nonnull[_Nullable])keys
                    count:(NSUInteger)count;
- (nullable ObjectType)objectForKey:(KeyType)key;
- (nullable ObjectType)objectForKeyedSubscript:(KeyType)key;
@end

@interface NSMutableDictionary<KeyType, ObjectType>
    : NSDictionary <KeyType, ObjectType>
- (void)setObject:(ObjectType)object forKey:(id<NSCopying>)key;
- (void)setObject:(nullable ObjectType)object
    forKeyedSubscript:(id<NSCopying>)key;
- (void)removeObjectForKey:(KeyType)key;
- (void)removeAllObjects;
@end

typedef NS_OPTIONS(NSUInteger, NSDataBase64DecodingOptions) {
  NSDataBase64DecodingIgnoreUnknownCharacters = 1
};
typedef NS_OPTIONS(NSUInteger, NSDataReadingOptions) {
  NSDataReadingMappedIfSafe = 1
};
typedef NS_OPTIONS(NSUInteger, NSDataWritingOptions) {
  NSDataWritingAtomic = 1,
  NSDataWritingFileProtectionCompleteUntilFirstUserAuthentication = 0x40000000
};

@interface NSData : NSObject <NSCopying, NSMutableCopying>
@property(readonly) NSUInteger length;
@property(readonly) const void *bytes;
+ (instancetype)data;
+ (nullable instancetype)dataWithContentsOfURL:(NSURL *)url;
+ (nullable instancetype)dataWithContentsOfURL:(NSURL *)url
                                       options:(NSDataReadingOptions)options
                                         error:(NSError *_Nullable *_Nullable)
                                                   error;
- (nullable instancetype)initWithBase64EncodedString:(NSString *)string
                                             options:
                                                 (NSDataBase64DecodingOptions)
                                                     options;
- (BOOL)writeToURL:(NSURL *)url
           options:(NSDataWritingOptions)options
             error:(NSError *_Nullable *_Nullable)error;
@end

@interface NSMutableData : NSData
@property(readonly) void *mutableBytes;
@property NSUInteger length;
+ (nullable instancetype)dataWithLength:(NSUInteger)length;
- (void)appendData:(NSData *)data;
@end

@interface NSDate : NSObject <NSCopying>
@property(readonly) NSTimeInterval timeIntervalSince1970;
@property(class, readonly, copy) NSDate *distantPast;
+ (instancetype)date;
+ (instancetype)dateWithTimeIntervalSinceNow:(NSTimeInterval)seconds;
- (NSTimeInterval)timeIntervalSinceDate:(NSDate *)date;
- (NSTimeInterval)timeIntervalSinceNow;
@end

@interface NSError : NSObject
@property(readonly, copy) NSString *domain;
@property(readonly) NSInteger code;
@property(readonly, copy) NSString *localizedDescription;
+ (instancetype)errorWithDomain:(NSString *)domain
                           code:(NSInteger)code
                       userInfo:(nullable NSDictionary *)userInfo;
@end

@interface NSThread : NSObject
+ (void)sleepForTimeInterval:(NSTimeInterval)interval;
@end

@interface NSUUID : NSObject <NSCopying>
@property(readonly, copy) NSString *UUIDString;
+ (instancetype)UUID;
- (nullable instancetype)initWithUUIDString:(NSString *)string;
@end

@interface NSURL : NSObject <NSCopying>
+ (nullable instancetype)URLWithString:(NSString *)string;
+ (NSURL *)fileURLWithPath:(NSString *)path;
- (nullable NSURL *)URLByAppendingPathComponent:(NSString *)component;
@property(nullable, readonly, copy) NSString *path;
@property(nullable, readonly, copy) NSString *lastPathComponent;
@property(nullable, readonly, copy) NSString *pathExtension;
@property(nullable, readonly, copy) NSURL *URLByDeletingPathExtension;
- (nullable NSURL *)URLByAppendingPathExtension:(NSString *)extension;
@end

@interface NSUserDefaults : NSObject
@property(class, readonly, strong) NSUserDefaults *standardUserDefaults;
- (nullable instancetype)initWithSuiteName:(nullable NSString *)name;
- (nullable id)objectForKey:(NSString *)key;
- (nullable NSString *)stringForKey:(NSString *)key;
- (nullable NSData *)dataForKey:(NSString *)key;
- (NSInteger)integerForKey:(NSString *)key;
- (BOOL)boolForKey:(NSString *)key;
- (void)setObject:(nullable id)value forKey:(NSString *)key;
- (void)setInteger:(NSInteger)value forKey:(NSString *)key;
- (void)setBool:(BOOL)value forKey:(NSString *)key;
- (void)removeObjectForKey:(NSString *)key;
@end

typedef NS_ENUM(NSUInteger, NSSearchPathDirectory) {
  NSDocumentDirectory = 9,
  NSApplicationSupportDirectory = 14
};
typedef NS_OPTIONS(NSUInteger, NSSearchPathDomainMask) { NSUserDomainMask = 1 };
typedef NS_OPTIONS(NSUInteger, NSDirectoryEnumerationOptions) {
  NSDirectoryEnumerationSkipsHiddenFiles = 4
};

@interface NSFileManager : NSObject
@property(class, readonly, strong) NSFileManager *defaultManager;
- (BOOL)removeItemAtURL:(NSURL *)url
                  error:(NSError *_Nullable *_Nullable)error;
- (BOOL)moveItemAtURL:(NSURL *)from
                toURL:(NSURL *)to
                error:(NSError *_Nullable *_Nullable)error;
- (BOOL)fileExistsAtPath:(NSString *)path;
- (NSArray<NSURL *> *)URLsForDirectory:(NSSearchPathDirectory)directory
                             inDomains:(NSSearchPathDomainMask)domains;
- (BOOL)createDirectoryAtURL:(NSURL *)url
    withIntermediateDirectories:(BOOL)createsIntermediates
                     attributes:(nullable NSDictionary *)attributes
                          error:(NSError *_Nullable *_Nullable)error;
- (nullable NSArray<NSURL *> *)
      contentsOfDirectoryAtURL:(NSURL *)url
    includingPropertiesForKeys:(nullable NSArray<NSString *> *)keys
                       options:(NSDirectoryEnumerationOptions)options
                         error:(NSError *_Nullable *_Nullable)error;
- (nullable NSURL *)containerURLForSecurityApplicationGroupIdentifier:
    (NSString *)identifier;
@end

@interface NSBundle : NSObject
@property(class, readonly, strong) NSBundle *mainBundle;
@property(nullable, readonly, copy) NSString *bundleIdentifier;
- (NSString *)localizedStringForKey:(NSString *)key
                              value:(nullable NSString *)value
                              table:(nullable NSString *)table;
@end

#define NSLocalizedString(key, comment)                                        \
  [NSBundle.mainBundle localizedStringForKey:(key) value:@"" table:nil]

@interface NSLock : NSObject
- (void)lock;
- (void)unlock;
@end

@interface NSNotificationCenter : NSObject
@property(class, readonly, strong) NSNotificationCenter *defaultCenter;
- (void)postNotificationName:(NSString *)name
                      object:(nullable id)object
                    userInfo:(nullable NSDictionary *)userInfo;
@end

typedef NS_OPTIONS(NSUInteger, NSJSONReadingOptions) {
  NSJSONReadingMutableContainers = 1
};
typedef NS_OPTIONS(NSUInteger, NSJSONWritingOptions) {
  NSJSONWritingPrettyPrinted = 1
};
@interface NSJSONSerialization : NSObject
+ (nullable id)JSONObjectWithData:(NSData *)data
                          options:(NSJSONReadingOptions)options
                            error:(NSError *_Nullable *_Nullable)error;
+ (nullable NSData *)dataWithJSONObject:(id)object
                                options:(NSJSONWritingOptions)options
                                  error:(NSError *_Nullable *_Nullable)error;
@end

@interface NSNull : NSObject
@end

typedef NS_ENUM(NSUInteger, NSPropertyListFormat) {
  NSPropertyListXMLFormat_v1_0 = 100,
  NSPropertyListBinaryFormat_v1_0 = 200
};
typedef NS_OPTIONS(NSUInteger, NSPropertyListReadOptions) {
  NSPropertyListImmutable = 0
};
@interface NSPropertyListSerialization : NSObject
+ (nullable NSData *)dataWithPropertyList:(id)list
                                   format:(NSPropertyListFormat)format
                                  options:(NSUInteger)options
                                    error:(NSError *_Nullable *_Nullable)error;
+ (nullable id)propertyListWithData:(NSData *)data
                            options:(NSPropertyListReadOptions)options
                             format:
                                 (nullable NSPropertyListFormat *)format
                              error:(NSError *_Nullable *_Nullable)error;
@end

void NSLog(NSString *format, ...) __attribute__((format(__NSString__, 1, 2)));

// libdispatch
typedef void (^dispatch_block_t)(void);
typedef NSObject *dispatch_queue_t;
typedef NSObject *dispatch_group_t;
typedef NSObject *dispatch_semaphore_t;
typedef uint64_t dispatch_time_t;
typedef long dispatch_once_t;
#define DISPATCH_TIME_NOW 0ull
#define NSEC_PER_SEC 1000000000ull
#define QOS_CLASS_UTILITY 0x11
dispatch_queue_t dispatch_get_main_queue(void);
dispatch_queue_t dispatch_get_global_queue(long identifier,
                                           unsigned long flags);
dispatch_semaphore_t dispatch_semaphore_create(long value);
long dispatch_semaphore_signal(dispatch_semaphore_t semaphore);
long dispatch_semaphore_wait(dispatch_semaphore_t semaphore,
                                 dispatch_time_t timeout);
dispatch_time_t dispatch_time(dispatch_time_t when, int64_t delta);
void dispatch_async(dispatch_queue_t queue, dispatch_block_t block);
void dispatch_sync(dispatch_queue_t queue,
                   __attribute__((noescape)) dispatch_block_t block);
void dispatch_after(dispatch_time_t when, dispatch_queue_t queue,
                    dispatch_block_t block);
void dispatch_once(dispatch_once_t *predicate,
                   __attribute__((noescape)) dispatch_block_t block);

NS_ASSUME_NONNULL_END
