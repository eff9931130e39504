namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>A message that a client sent.</summary>
/// <param name="At">When it came, on the venue's clock.</param>
/// <param name="Text">The message.</param>
internal readonly record struct ReceivedText(TimeSpan At, string Text);
