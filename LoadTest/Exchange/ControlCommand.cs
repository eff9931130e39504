using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>Something that a running exchange can be told to do.</summary>
/// <param name="Name">What it is called in <c>do=</c>.</param>
/// <param name="Help">What it does, with its parameters.</param>
/// <param name="Run">Does it. Returns what is wrong with the parameters, or null.</param>
internal sealed record ControlCommand(string Name, string Help, Func<Venue, ControlParameters, string?> Run);
