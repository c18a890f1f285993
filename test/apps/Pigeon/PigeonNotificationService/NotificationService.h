#import <UserNotifications/UserNotifications.h>

/// Puts the picture into notifications of news, which have one.
@interface NotificationService : UNNotificationServiceExtension

@end
