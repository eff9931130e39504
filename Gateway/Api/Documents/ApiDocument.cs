using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansTicker.Gateway.Api.Answers;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>The OpenAPI document. It is made when it is first asked for, since the routes don't change afterwards. Any thread may call it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its bytes live as long as the program.")]
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    /// <summary>The name of the document: the version of the API that it describes.</summary>
    public const string Name = "v1";

    private readonly Lock _lock = new();
    private Task<SharedBody>? _body;

    /// <summary>The document.</summary>
    public Task<SharedBody> GetAsync()
    {
        lock (_lock)
        {
            return _body ??= Task.Run(MakeAsync);
        }
    }

    private async Task<SharedBody> MakeAsync()
    {
        var document = await provider.GetOpenApiDocumentAsync();
        var chunks = new ByteChunks();
        using var stream = new ChunkStream(chunks);
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return new SharedBody(chunks);
    }
}
