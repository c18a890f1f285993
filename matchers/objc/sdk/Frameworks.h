// What the rule about VoIP pushes speaks of: PushKit, CallKit, the state of
// the app. Part of ringfence.

typedef NSString *PKPushType;
extern PKPushType PKPushTypeVoIP, PKPushTypeComplication,
    PKPushTypeFileProvider;
@protocol PKPushRegistryDelegate <NSObject>
@end
@interface PKPushRegistry : NSObject
@property id delegate;
@property NSSet *desiredPushTypes;
@end
@interface PKPushCredentials : NSObject
@property PKPushType type;
@property NSData *token;
@end
@interface PKPushPayload : NSObject
@property PKPushType type;
@property NSDictionary *dictionaryPayload;
@end
@interface PKVoIPPushMetadata : NSObject
@property BOOL mustReport;
@end

@interface CXHandle : NSObject
@end
@interface CXCallUpdate : NSObject
@property NSString *localizedCallerName;
@property CXHandle *remoteHandle;
@property BOOL hasVideo, supportsHolding, supportsGrouping, supportsUngrouping,
    supportsDTMF;
@end
@interface CXProviderConfiguration : NSObject
@end
@interface CXProvider : NSObject
@end
@interface CXCallController : NSObject
@end

typedef NSInteger UIApplicationState;
enum {
  UIApplicationStateActive,
  UIApplicationStateInactive,
  UIApplicationStateBackground
};
typedef NSUInteger UIBackgroundTaskIdentifier;
typedef NSUInteger UIBackgroundFetchResult;
@interface UIApplication : NSObject
+ (UIApplication *)sharedApplication;
@property UIApplicationState applicationState;
@property NSInteger applicationIconBadgeNumber;
@property id delegate;
@end
@interface UIDevice : NSObject
+ (UIDevice *)currentDevice;
@property NSString *systemVersion, *model, *name;
@end
@interface UIResponder : NSObject
@end
@interface UILocalNotification : NSObject
@end
@interface UNUserNotificationCenter : NSObject
+ (UNUserNotificationCenter *)currentNotificationCenter;
@end
@interface UNMutableNotificationContent : NSObject
@end
