using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Admin;

/// <summary>The answer to a request to close connections.</summary>
/// <param name="Closed">How many were closed.</param>
/// <param name="Unreachable">The gateways that did not answer, and may have more.</param>
internal sealed record ClosedJson(int Closed, ImmutableArray<string> Unreachable);
