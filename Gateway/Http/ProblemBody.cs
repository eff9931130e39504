using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Http;

/// <summary>The JSON body of a problem (RFC 9457, 3.1).</summary>
/// <param name="Type">Its kind: <c>about:blank</c>, since the status says it.</param>
/// <param name="Title">The words of the status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">What is wrong with each parameter, by the parameters' names; left out if it is not about parameters.</param>
internal sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors);
