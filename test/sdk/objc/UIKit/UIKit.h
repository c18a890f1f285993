// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of UIKit.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@interface UIResponder : NSObject
@end

@class UINavigationController;

@interface UIViewController : UIResponder
@property(nullable, readonly, strong) UINavigationController *navigationController;
@property(nullable, copy) NSString *title;
- (void)viewDidLoad;
@end

@interface UINavigationController : UIViewController
- (instancetype)initWithRootViewController:(UIViewController *)controller;
- (void)pushViewController:(UIViewController *)controller
                  animated:(BOOL)animated;
@end

@interface UIWindow : UIResponder
@property(nullable, strong) UIViewController *rootViewController;
- (void)makeKeyAndVisible;
@end

extern NSString *const UILocalNotificationDefaultSoundName;

@interface UILocalNotification : NSObject
@property(nullable, copy) NSString *alertBody;
@property(nullable, copy) NSString *alertTitle;
@property(nullable, copy) NSString *alertAction;
@property(nullable, copy) NSString *soundName;
@property NSInteger applicationIconBadgeNumber;
@property(nullable, copy) NSDictionary *userInfo;
@property(nullable, copy) NSString *category;
@end

typedef NS_ENUM(NSInteger, UIApplicationState) {
  UIApplicationStateActive,
  UIApplicationStateInactive,
  UIApplicationStateBackground
};
typedef NS_ENUM(NSUInteger, UIBackgroundFetchResult) {
  UIBackgroundFetchResultNewData,
  UIBackgroundFetchResultNoData,
  UIBackgroundFetchResultFailed
};
typedef NSUInteger UIBackgroundTaskIdentifier;
extern const UIBackgroundTaskIdentifier UIBackgroundTaskInvalid;

@protocol UIApplicationDelegate;

@interface UIApplication : UIResponder
@property(class, readonly, strong) UIApplication *sharedApplication
    NS_EXTENSION_UNAVAILABLE_IOS("an extension has no application");
@property(nullable, assign) id<UIApplicationDelegate> delegate;
@property(readonly) UIApplicationState applicationState;
@property NSInteger applicationIconBadgeNumber;
- (void)registerForRemoteNotifications;
- (void)presentLocalNotificationNow:(UILocalNotification *)notification;
- (void)scheduleLocalNotification:(UILocalNotification *)notification;
- (UIBackgroundTaskIdentifier)
    beginBackgroundTaskWithName:(nullable NSString *)name
              expirationHandler:(nullable void (^)(void))handler;
- (void)endBackgroundTask:(UIBackgroundTaskIdentifier)identifier;
@end

@protocol UIApplicationDelegate <NSObject>
@optional
@property(nullable, nonatomic, strong) UIWindow *window;
- (BOOL)application:(UIApplication *)application
    didFinishLaunchingWithOptions:(nullable NSDictionary *)launchOptions;
- (void)application:(UIApplication *)application
    didRegisterForRemoteNotificationsWithDeviceToken:(NSData *)deviceToken;
- (void)application:(UIApplication *)application
    didReceiveRemoteNotification:(NSDictionary *)userInfo
          fetchCompletionHandler:
              (void (^)(UIBackgroundFetchResult result))completionHandler;
@end

int UIApplicationMain(int argc, char *_Nullable argv[_Nonnull],
                      NSString *_Nullable principalClassName,
                      NSString *_Nullable delegateClassName);
NSString *NSStringFromClass(Class aClass);

NS_ASSUME_NONNULL_END
