// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps use of CoreLocation.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@class CLLocationManager;

@interface CLLocation : NSObject
@end

@protocol CLLocationManagerDelegate <NSObject>
@optional
- (void)locationManager:(CLLocationManager *)manager
     didUpdateLocations:(NSArray<CLLocation *> *)locations;
- (void)locationManager:(CLLocationManager *)manager
       didFailWithError:(NSError *)error;
@end

@interface CLLocationManager : NSObject
@property(nullable, weak) id<CLLocationManagerDelegate> delegate;
- (void)requestLocation;
@end

NS_ASSUME_NONNULL_END
