namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary><c>close</c>: why the stream ends. On a WebSocket, the close frame says it.</summary>
/// <param name="Type">Always <c>close</c>.</param>
/// <param name="Code">The code of docs/protocol.md.</param>
/// <param name="Reason">What it means.</param>
internal sealed record CloseJson(string Type, int Code, string Reason);
