using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Admin;

/// <summary>The answer of <c>GET /admin/connections</c>.</summary>
/// <param name="Connections">The open sessions, the oldest first.</param>
/// <param name="Unreachable">The gateways that did not answer, and may have more.</param>
internal sealed record ConnectionListJson(ImmutableArray<ConnectionJson> Connections, ImmutableArray<string> Unreachable);
