// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of UserNotifications.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@interface UNNotificationSound : NSObject <NSCopying>
@property(class, readonly, copy) UNNotificationSound *defaultSound;
+ (instancetype)soundNamed:(NSString *)name;
@end

@interface UNNotificationAttachment : NSObject
+ (nullable instancetype)
    attachmentWithIdentifier:(NSString *)identifier
                         URL:(NSURL *)URL
                     options:(nullable NSDictionary *)options
                       error:(NSError *_Nullable *_Nullable)error;
@end

@interface UNNotificationContent : NSObject <NSCopying, NSMutableCopying>
@property(readonly, copy) NSArray<UNNotificationAttachment *> *attachments;
@property(nullable, readonly, copy) NSNumber *badge;
@property(readonly, copy) NSString *body;
@property(readonly, copy) NSString *categoryIdentifier;
@property(nullable, readonly, copy) UNNotificationSound *sound;
@property(readonly, copy) NSString *subtitle;
@property(readonly, copy) NSString *threadIdentifier;
@property(readonly, copy) NSString *title;
@property(readonly, copy) NSDictionary *userInfo;
@end

@interface UNMutableNotificationContent : UNNotificationContent
@property(readwrite, copy) NSArray<UNNotificationAttachment *> *attachments;
@property(nullable, readwrite, copy) NSNumber *badge;
@property(readwrite, copy) NSString *body;
@property(readwrite, copy) NSString *categoryIdentifier;
@property(nullable, readwrite, copy) UNNotificationSound *sound;
@property(readwrite, copy) NSString *subtitle;
@property(readwrite, copy) NSString *threadIdentifier;
@property(readwrite, copy) NSString *title;
@property(readwrite, copy) NSDictionary *userInfo;
@end

@interface UNNotificationTrigger : NSObject
@end
@interface UNTimeIntervalNotificationTrigger : UNNotificationTrigger
+ (instancetype)triggerWithTimeInterval:(NSTimeInterval)interval
                                repeats:(BOOL)repeats;
@end

@interface UNNotificationRequest : NSObject
@property(readonly, copy) NSString *identifier;
@property(readonly, copy) UNNotificationContent *content;
@property(nullable, readonly, copy) UNNotificationTrigger *trigger;
+ (instancetype)requestWithIdentifier:(NSString *)identifier
                              content:(UNNotificationContent *)content
                              trigger:(nullable UNNotificationTrigger *)trigger;
@end

typedef NS_OPTIONS(NSUInteger, UNAuthorizationOptions) {
  UNAuthorizationOptionBadge = 1,
  UNAuthorizationOptionSound = 2,
  UNAuthorizationOptionAlert = 4
};

@interface UNUserNotificationCenter : NSObject
+ (UNUserNotificationCenter *)currentNotificationCenter;
- (void)requestAuthorizationWithOptions:(UNAuthorizationOptions)options
                      completionHandler:
                          (void (^)(BOOL granted,
                                    NSError *_Nullable error))completionHandler;
- (void)addNotificationRequest:(UNNotificationRequest *)request
         withCompletionHandler:
             (nullable void (^)(NSError *_Nullable error))completionHandler;
- (void)removeDeliveredNotificationsWithIdentifiers:
    (NSArray<NSString *> *)identifiers;
@end

@interface UNNotificationServiceExtension : NSObject
- (void)didReceiveNotificationRequest:(UNNotificationRequest *)request
                   withContentHandler:
                       (void (^)(UNNotificationContent *contentToDeliver))
                           contentHandler;
- (void)serviceExtensionTimeWillExpire;
@end

NS_ASSUME_NONNULL_END
