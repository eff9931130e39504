using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Http;

/// <summary>The JSON body of a problem (RFC 9457, 3.1).</summary>
/// <param name="Type">Its kind: <c>about:blank</c>, since the status says it.</param>
/// <param name="Title">The words of the status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">What is wrong with each parameter, by the parameters' names; left out if it is not about parameters.</param>
internal sealed record ProblemBody(
    [property: Description("Its kind: about:blank, since the status says it.")] string Type,
    [property: Description("The words of the status.")] string Title,
    [property: Description("The HTTP status.")] int Status,
    [property: Description("What is wrong with this request.")] string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("What is wrong with each parameter, by name.")]
    IReadOnlyDictionary<string, string[]>? Errors);
