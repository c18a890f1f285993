// The classes that Clang itself asks for (literals, fast enumeration), and the
// few methods whose result is a number. Part of ringfence.

@class NSString, NSArray, NSDictionary, NSNumber, NSError, NSDate, NSData,
    NSURL, NSSet, NSInvocation, NSMethodSignature;
@protocol NSObject
@end
@protocol NSCopying
@end
@protocol NSCoding
@end
@protocol NSSecureCoding
@end
@protocol NSFastEnumeration
@end
typedef struct _NSZone NSZone;
typedef struct {
  NSUInteger location, length;
} NSRange;
typedef struct {
  NSInteger majorVersion, minorVersion, patchVersion;
} NSOperatingSystemVersion;

__attribute__((objc_root_class))
@interface NSObject<NSObject> {
  Class isa;
}
+ (instancetype)alloc;
+ (instancetype)new;
+ (Class)class;
+ (Class)superclass;
- (instancetype)init;
- (Class)class;
- (instancetype)self;
- (id)copy;
- (id)mutableCopy;
- (void)dealloc;
- (instancetype)retain;
- (oneway void)release;
- (instancetype)autorelease;
- (NSString *)description;
- (NSUInteger)hash;
- (BOOL)isEqual:(id)other;
- (BOOL)isEqualToString:(id)other;
- (BOOL)isKindOfClass:(Class)other;
- (BOOL)isMemberOfClass:(Class)other;
- (BOOL)respondsToSelector:(SEL)selector;
- (BOOL)conformsToProtocol:(id)other;
- (BOOL)hasPrefix:(id)text;
- (BOOL)hasSuffix:(id)text;
- (BOOL)containsObject:(id)object;
- (BOOL)boolValue;
- (int)intValue;
- (long)longValue;
- (long long)longLongValue;
- (unsigned int)unsignedIntValue;
- (unsigned long)unsignedLongValue;
- (unsigned long long)unsignedLongLongValue;
- (NSInteger)integerValue;
- (NSUInteger)unsignedIntegerValue;
- (float)floatValue;
- (double)doubleValue;
- (NSUInteger)count;
- (NSUInteger)length;
- (NSTimeInterval)timeIntervalSince1970;
- (NSTimeInterval)timeIntervalSinceNow;
- (NSComparisonResult)compare:(id)other;
- (id)objectForKeyedSubscript:(id)key;
- (void)setObject:(id)object forKeyedSubscript:(id)key;
- (id)objectAtIndexedSubscript:(NSUInteger)index;
- (void)setObject:(id)object atIndexedSubscript:(NSUInteger)index;
@end

@interface NSProxy
@end
@interface NSString : NSObject
+ (instancetype)stringWithUTF8String:(const char *)text;
@end
@interface NSMutableString : NSString
@end
@interface NSConstantString : NSString
@end
@interface NSValue : NSObject
+ (instancetype)valueWithBytes:(const void *)bytes objCType:(const char *)type;
@end
@interface NSNumber : NSValue
+ (NSNumber *)numberWithChar:(char)v;
+ (NSNumber *)numberWithUnsignedChar:(unsigned char)v;
+ (NSNumber *)numberWithShort:(short)v;
+ (NSNumber *)numberWithUnsignedShort:(unsigned short)v;
+ (NSNumber *)numberWithInt:(int)v;
+ (NSNumber *)numberWithUnsignedInt:(unsigned int)v;
+ (NSNumber *)numberWithLong:(long)v;
+ (NSNumber *)numberWithUnsignedLong:(unsigned long)v;
+ (NSNumber *)numberWithLongLong:(long long)v;
+ (NSNumber *)numberWithUnsignedLongLong:(unsigned long long)v;
+ (NSNumber *)numberWithFloat:(float)v;
+ (NSNumber *)numberWithDouble:(double)v;
+ (NSNumber *)numberWithBool:(BOOL)v;
+ (NSNumber *)numberWithInteger:(NSInteger)v;
+ (NSNumber *)numberWithUnsignedInteger:(NSUInteger)v;
@end
@interface NSArray<T> : NSObject <NSFastEnumeration>
+ (instancetype)arrayWithObjects:(const T[])objects count:(NSUInteger)count;
@end
@interface NSMutableArray<T> : NSArray <T>
@end
@interface NSSet<T> : NSObject <NSFastEnumeration>
@end
@interface NSMutableSet<T> : NSSet <T>
@end
@interface NSOrderedSet<T> : NSObject <NSFastEnumeration>
@end
@interface NSDictionary<K, V> : NSObject <NSFastEnumeration>
+ (instancetype)dictionaryWithObjects:(const V[])objects
                              forKeys:(const K[])keys
                                count:(NSUInteger)count;
@end
@interface NSMutableDictionary<K, V> : NSDictionary <K, V>
@end
@interface NSCache<K, V> : NSObject
@end
@interface NSMapTable<K, V> : NSObject
@end
@interface NSHashTable<T> : NSObject
@end
@interface NSEnumerator<T> : NSObject <NSFastEnumeration>
@end
@interface NSError : NSObject
- (NSInteger)code;
@end
@interface NSDate : NSObject
@end
@interface NSData : NSObject
- (const void *)bytes;
@end
@interface NSMutableData : NSData
@end
@interface NSURL : NSObject
@end
@interface NSUUID : NSObject
@end
@interface NSProcessInfo : NSObject
+ (NSProcessInfo *)processInfo;
- (NSOperatingSystemVersion)operatingSystemVersion;
- (BOOL)isOperatingSystemAtLeastVersion:(NSOperatingSystemVersion)version;
@end
@interface NSUserDefaults : NSObject
+ (NSUserDefaults *)standardUserDefaults;
- (BOOL)boolForKey:(id)key;
- (NSInteger)integerForKey:(id)key;
@end
@interface NSNotificationCenter : NSObject
+ (NSNotificationCenter *)defaultCenter;
@end
extern double NSFoundationVersionNumber;
enum { NSOrderedAscending = -1L, NSOrderedSame, NSOrderedDescending };
