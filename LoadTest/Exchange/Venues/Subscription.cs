namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>A client's subscription.</summary>
/// <param name="At">When it was made, on the venue's clock.</param>
/// <param name="Channel">The channel's number in the dialect.</param>
/// <param name="Product">The product.</param>
internal readonly record struct Subscription(TimeSpan At, int Channel, Product Product);
