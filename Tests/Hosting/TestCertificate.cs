using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A certificate for the loopback address, with the settings of a gateway that uses it.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate;

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(_folder["gateway.pem"], _certificate.ExportCertificatePem());
        File.WriteAllText(_folder["gateway.key"], key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The certificate, with its key.</summary>
    public X509Certificate2 Certificate => _certificate;

    /// <summary>The settings of a TLS endpoint on a free port.</summary>
    public (string Key, string? Value)[] Settings =>
    [
        ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
        ("Kestrel:Endpoints:Https:Certificate:Path", _folder["gateway.pem"]),
        ("Kestrel:Endpoints:Https:Certificate:KeyPath", _folder["gateway.key"]),
    ];

    /// <summary>Whether a server presented this certificate.</summary>
    public bool Is(X509Certificate? presented) => presented?.GetCertHashString() == _certificate.GetCertHashString();

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }
}
